package io.onsale.ticketing.reservations;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.kafka.Envelope;
import io.onsale.ticketing.reservations.ReservationEvents.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What reservations say on their topic is what the golden files say; the waiting room is tested on the same files. */
class ReservationContractsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T03:00:00Z");
    private static final Instant END = NOON.plusSeconds(300);

    @Test
    void everyEventIsAsItsGoldenFile() throws IOException {
        Facts two = facts(List.of("1-14-7", "1-14-8"), 308_000, END);
        isGolden(new ReservationEvents.SeatsHeld(two));
        isGolden(
                new ReservationEvents.HoldExtended(facts(List.of("1-14-7", "1-14-8"), 308_000, NOON.plusSeconds(420))));
        isGolden(new ReservationEvents.SeatsChanged(facts(List.of("1-14-7"), 154_000, END)));
        isGolden(new ReservationEvents.ReservationConfirmed(two));
        isGolden(new ReservationEvents.ReservationCancelled(two));
        isGolden(new ReservationEvents.ReservationExpired(two));
    }

    private static Facts facts(List<String> seats, long amount, Instant end) {
        return new Facts(id(7), id(1), id(3), id(5), id(1) + ":217403090:17", seats, amount, end);
    }

    private static void isGolden(Object payload) throws IOException {
        Envelope envelope = Envelope.of("e", "a", 1, NOON, payload);
        Path golden = Path.of("../docs/contracts", ReservationEvents.TOPIC, envelope.eventType() + ".json");
        assertThat(JsonMapper.shared().readTree(envelope.payload().toString()))
                .isEqualTo(JsonMapper.shared().readTree(Files.readString(golden)));
    }

    private static String id(int last) {
        return "01980000-0000-7000-8000-00000000000" + last;
    }
}
