package io.onsale.loadtest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.history.History.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** One seat, two people; seconds since the sale opened. A hold is promised until its end at 100 s. */
class SeatHistoryTest {

    private static Entry hold(String who, long fence, long asked, long told) {
        ObjectNode body = Json.object()
                .put("reservationId", "of-" + who)
                .put("expiresAt", Instant.ofEpochSecond(100).toString());
        body.putArray("seats").addObject().put("seatId", "A-1-1").put("fence", fence);
        return entry(who, "hold", "/reservations/hold", "201", asked, told, body);
    }

    private static Entry letGo(String who, String outcome, long asked, long told) {
        return entry(who, "release", "/reservations/hold/of-" + who, outcome, asked, told, Json.object());
    }

    private static Entry paid(String who, long asked) {
        return entry(who, "confirm", "/payments/confirm", "unknown", asked, asked + 30, Json.object());
    }

    private static Entry entry(
            String who, String step, String path, String outcome, long asked, long told, ObjectNode body) {
        return new Entry(
                "event", Instant.ofEpochSecond(asked), Instant.ofEpochSecond(told), who, step, path, outcome, body);
    }

    private static long illegal(Map<String, String> fates, Entry... entries) {
        return new SeatHistory(List.of(entries), fates).isLegal().breaches();
    }

    @Test
    void aHoldThatEndedIsSomebodyElsesNext() {
        Map<String, String> fates = Map.of("of-a A-1-1 1", "EXPIRED");
        assertThat(illegal(fates, hold("a", 1, 0, 1), hold("b", 2, 99, 101))).isZero();
        assertThat(illegal(fates, hold("a", 1, 0, 1), hold("b", 2, 98, 99)))
                .as("a second before its end")
                .isOne();
    }

    @Test
    void aHoldThatMayHaveBeenGivenBackProvesNothing() {
        Map<String, String> fates = Map.of("of-a A-1-1 1", "CANCELLED");
        assertThat(illegal(fates, hold("a", 1, 0, 1), letGo("a", "unknown", 10, 40), hold("b", 2, 11, 12)))
                .isZero();
        assertThat(illegal(fates, hold("a", 1, 0, 1), letGo("a", "204", 10, 11), hold("b", 2, 8, 9)))
                .as("given to another before it was given back")
                .isOne();
    }

    @Test
    void moneyThatCameBackByItselfMayHaveEndedAHold() {
        assertThat(illegal(
                        Map.of("of-a A-1-1 1", "CANCELLED"), hold("a", 1, 0, 1), paid("a", 10), hold("b", 2, 11, 12)))
                .isZero();
        assertThat(illegal(Map.of("of-a A-1-1 1", "EXPIRED"), hold("a", 1, 0, 1), paid("a", 10), hold("b", 2, 11, 12)))
                .isOne();
    }

    @Test
    void aSoldSeatIsNobodyElsesEver() {
        assertThat(illegal(Map.of("of-a A-1-1 1", "CONFIRMED"), hold("a", 1, 0, 1), hold("b", 2, 999, 1_000)))
                .isOne();
    }

    @Test
    void fencesRiseInTheOrderOfTime() {
        Map<String, String> fates = Map.of();
        assertThat(illegal(fates, hold("a", 2, 0, 1), hold("b", 1, 200, 201)))
                .as("a fence older than one that was told long before")
                .isOne();
        assertThat(illegal(fates, hold("a", 2, 0, 1), hold("b", 2, 200, 201)))
                .as("one fence for two")
                .isOne();
    }
}
