package io.onsale.ticketing.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.catalog.Seating;
import io.onsale.ticketing.catalog.Seating.Seat;
import io.onsale.ticketing.catalog.model.Layout.Place;
import io.onsale.ticketing.catalog.model.Layout.Row;
import io.onsale.ticketing.catalog.model.Layout.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutSeatingTest {
    private final Seating seating = new LayoutSeating(new Layout(List.of(
            new Section("1층", "VIP", 0, List.of(even("A", 10), new Row("B", 4, List.of(), List.of(1), List.of(4)))),
            new Section("Standing", "S", 500, List.of()),
            new Section(
                    "Balcony",
                    "R",
                    0,
                    List.of(new Row(
                            "1",
                            0,
                            List.of(new Place(3, 1.5, 2, false, false), new Place(7, 2.5, 2, true, true)),
                            List.of(),
                            List.of()))))));

    @Test
    void seatsAreFoundByTheirId() {
        Seat seat = seating.seat("1-2-4").orElseThrow();
        assertThat(label(seat)).isEqualTo("1층 B-4");
        assertThat(seat.restrictedView()).isTrue();
        assertThat(seating.seat("1-2-1").orElseThrow().accessible()).isTrue();
        assertThat(seating.seat("3-1-7").orElseThrow().x()).isEqualTo(2.5);
        assertThat(label(seating.seat("2-0-500").orElseThrow())).isEqualTo("Standing #500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-1",
                "1-1-",
                "1-1-11",
                "1-1-0",
                "0-1-1",
                "1-3-1",
                "01-1-1",
                "1-01-1",
                "1-1-01",
                "+1-1-1",
                "1--1-1",
                "1-1-1-1",
                "2-0-501",
                "2-0-0",
                "2-1-1",
                "3-1-4",
                "4-1-1",
                "1-0-1",
                "1-1-1 ",
                "١-1-1",
                "99999999999-1-1",
                "1-1-4294967297",
                "1-1-99999999999999999999999"
            })
    void whatIsNoIdFindsNothing(String id) {
        assertThat(seating.seat(id)).isEmpty();
    }

    @Test
    void areasAreFoundByIdAndName() {
        assertThat(seating.area("2")).isEqualTo(seating.area("Standing"));
        assertThat(seating.area("Standing").orElseThrow().place(7)).isEqualTo("2-0-7");
        assertThat(seating.area("1")).isEmpty();
    }

    @Test
    void totalsAddUp() {
        assertThat(seating.total()).isEqualTo(10 + 4 + 500 + 2);
        assertThat(seating.grades()).containsExactly("VIP", "S", "R");
        assertThat(seating.grades().stream().mapToInt(seating::total).sum()).isEqualTo(seating.total());
        assertThat(seating.seats()).hasSize(seating.total());
        assertThat(seating.rows("R")).containsExactly(new Seating.SeatRow("Balcony", "1", List.of("3-1-3", "3-1-7")));
    }

    @Property(tries = 50)
    void everySeatIsFoundByItsIdAndNoIdIsGivenTwice(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 30) Integer> rowSizes,
            @ForAll @IntRange(min = 1, max = 50) int capacity) {
        List<Row> rows = IntStream.range(0, rowSizes.size())
                .mapToObj(i -> even("R" + i, rowSizes.get(i)))
                .toList();
        Layout layout = new Layout(List.of(new Section("a", "A", 0, rows), new Section("b", "B", capacity, List.of())));
        assertThat(LayoutRules.check(layout)).isEmpty();
        Seating all = new LayoutSeating(layout);
        Set<String> ids = new HashSet<>();
        all.seats().forEach(seat -> {
            assertThat(ids.add(seat.id())).isTrue();
            assertThat(all.seat(seat.id())).contains(seat);
        });
        assertThat(ids).hasSize(all.total()).hasSize(layout.size());
    }

    private static Row even(String row, int seats) {
        return new Row(row, seats, List.of(), List.of(), List.of());
    }

    private static String label(Seat seat) {
        return seat.areaId().isEmpty()
                ? seat.section() + " " + seat.row() + "-" + seat.number()
                : seat.section() + " #" + seat.number();
    }
}
