package io.onsale.loadtest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.loadtest.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The auditor must see what it is there to see. */
class LineChecksTest {

    private final List<JsonNode> admissions = new ArrayList<>();

    @Test
    void findsNothingWrongWithASteadyLine() {
        for (int i = 0; i < 50; i++) {
            admit("user-" + i, "100:" + i, i * 100L);
        }
        admissions.add(admissions.get(7));
        assertThat(check()).allMatch(Finding::holds);
    }

    @Test
    void seesABurstAboveTheRate() {
        for (int i = 0; i < 21; i++) {
            admit("user-" + i, "100:" + i, i);
        }
        assertThat(check()).extracting(Finding::holds).containsExactly(false, true, true);
    }

    @Test
    void seesOnePassForTwoPeople() {
        admit("user-1", "100:1", 0);
        admit("user-2", "100:1", 100);
        assertThat(check()).extracting(Finding::holds).containsExactly(true, false, true);
    }

    @Test
    void seesSomebodyLetInTwiceOnOnePlace() {
        admit("user-1", "100:1", 0);
        admit("user-1", "100:1", 100);
        assertThat(check()).extracting(Finding::holds).containsExactly(true, false, true);
    }

    @Test
    void seesWhatIsCalledPublishedAndIsNotInTheLog() {
        List<JsonNode> log = List.of(event("a", "r", 1), event("b", "r", 2));
        assertThat(LogChecks.sent(List.of("a", "b"), log).holds()).isTrue();
        assertThat(LogChecks.sent(List.of("a", "c"), log).breaches()).isOne();
    }

    @Test
    void seesSomebodyOvertaking() {
        admit("user-2", "100:2", 0);
        admit("user-1", "100:1", 100);
        assertThat(check()).extracting(Finding::holds).containsExactly(true, true, false);
    }

    @Test
    void seesMessagesOutOfOrderButAllowsRepeats() {
        assertThat(LogChecks.ordered("t", List.of(event("a", "r", 1), event("b", "r", 2), event("a", "r", 1)))
                        .holds())
                .isTrue();
        assertThat(LogChecks.ordered("t", List.of(event("b", "r", 2), event("a", "r", 1)))
                        .holds())
                .isFalse();
    }

    @Test
    void seesAHoldTakenAwayTooEarly() {
        ObjectNode expired = event("a", "r", 1).put("eventType", "ReservationExpired");
        expired.put("occurredAt", "2026-01-01T00:04:59Z");
        expired.putObject("payload").put("expiresAt", "2026-01-01T00:05:00Z");
        assertThat(LogChecks.nothingExpiredEarly(List.of(expired)).holds()).isFalse();
        expired.put("occurredAt", "2026-01-01T00:05:00.001Z");
        assertThat(LogChecks.nothingExpiredEarly(List.of(expired)).holds()).isTrue();
    }

    private List<Finding> check() {
        return new LineChecks(admissions, Map.of("event", 10L)).all();
    }

    private void admit(String user, String place, long atMillis) {
        admissions.add(Json.object()
                .put("eventId", "event")
                .put("userId", user)
                .put("passId", "event:" + place)
                .put("admittedAt", Instant.ofEpochMilli(atMillis).toString()));
    }

    private static ObjectNode event(String id, String aggregate, long version) {
        return Json.object().put("eventId", id).put("aggregateId", aggregate).put("version", version);
    }
}
