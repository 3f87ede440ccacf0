package io.onsale.ticketing.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the tickets say on {@code ticket.events} is what the notices read. */
class NoticesContractsTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Test
    void goldenEventsAreRead() throws IOException {
        var issued = read(BookingNotices.TicketsIssued.class);
        assertThat(issued.numbers()).containsExactly("7KXM-4QPT-2H6");
        assertThat(issued.userId()).isEqualTo("01980000-0000-7000-8000-000000000005");
        var voided = read(BookingNotices.TicketsVoided.class);
        assertThat(voided.ticketIds()).hasSize(1);
        assertThat(voided.performanceId()).isEqualTo(issued.performanceId());
    }

    private static <T> T read(Class<T> type) throws IOException {
        Path golden = Path.of("../docs/contracts/ticket.events", type.getSimpleName() + ".json");
        return JSON.readValue(Files.readString(golden), type);
    }
}
