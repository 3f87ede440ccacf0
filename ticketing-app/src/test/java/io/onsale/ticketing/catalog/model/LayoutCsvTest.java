package io.onsale.ticketing.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.problem.FieldProblem;
import io.onsale.ticketing.catalog.Seating;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayoutCsvTest {
    private static final String HEADER = "section,grade,row,number,x,y,accessible,restrictedView\n";

    @Test
    void readsSeatsRangesAndStandingAreas() {
        LayoutCsv.Parsed parsed = LayoutCsv.parse("\uFEFF" + HEADER
                + "1층,VIP,A,3-5,10,1.5,,\r\n"
                + "1층,VIP,A,1,8,1.5,true,no\n\n"
                + "\"Floor, \"\"east\"\"\",S,,500\n");
        assertThat(parsed.errors()).isEmpty();
        Seating seating = new LayoutSeating(parsed.layout());
        assertThat(seating.total()).isEqualTo(504);
        assertThat(seating.seat("1-1-1").orElseThrow().accessible()).isTrue();
        assertThat(seating.seat("1-1-5").orElseThrow().x()).isEqualTo(12);
        assertThat(seating.area("Floor, \"east\"").orElseThrow().capacity()).isEqualTo(500);
    }

    @Test
    void tellsWhatIsWrongByLine() {
        LayoutCsv.Parsed parsed = LayoutCsv.parse(
                HEADER
                        + "A,VIP,1,1\nA,VIP,1,1\nA,S,2,1\nA,VIP,2,0\nA,VIP,2,9-3\nA,VIP,2,1,left\nA,VIP\n,VIP,1,1\nA,VIP,2,4,1,1,maybe\n");
        assertThat(parsed.errors())
                .containsExactly(
                        FieldProblem.of("line 3", "Duplicate"),
                        FieldProblem.of("line 4", "CsvOneGrade"),
                        FieldProblem.of("line 5", "CsvNumber"),
                        FieldProblem.of("line 6", "CsvNumber"),
                        FieldProblem.of("line 7", "CsvValue"),
                        FieldProblem.of("line 8", "CsvColumns"),
                        FieldProblem.of("line 9", "CsvName"),
                        FieldProblem.of("line 10", "CsvValue"));
        assertThat(LayoutCsv.parse("a,b\n").errors()).containsExactly(FieldProblem.of("line 1", "CsvHeader"));
        assertThat(LayoutCsv.parse(HEADER.strip() + ",more\n").errors())
                .as("more columns than there are")
                .containsExactly(FieldProblem.of("line 1", "CsvHeader"));
        assertThat(LayoutCsv.parse("").errors()).containsExactly(FieldProblem.of("line 1", "CsvHeader"));
        assertThat(LayoutCsv.parse(HEADER).errors()).containsExactly(FieldProblem.of("line 1", "NotEmpty"));
    }

    @Test
    void stopsAtTheLargestHall() {
        String lines =
                IntStream.range(0, 300).mapToObj(i -> "A,S,R" + i + ",1-1000").collect(Collectors.joining("\n"));
        assertThat(LayoutCsv.parse(HEADER + lines).errors())
                .isNotEmpty()
                .allMatch(error -> error.rule().equals("TooManySeats"));
    }
}
