package io.onsale.loadtest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.history.History.Entry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class HistoryChecksTest {

    private static long wrongHalls(long available, long held, long total) {
        return wrongHalls(available, held, total, held);
    }

    private static long wrongHalls(long available, long held, long total, long listedAsHeld) {
        ObjectNode body = Json.object().put("held", listedAsHeld);
        body.putObject("counts")
                .put("total", total)
                .put("available", available)
                .put("held", held)
                .put("sold", 2)
                .put("blocked", 0);
        Entry seen = new Entry(
                "event", Instant.EPOCH, Instant.EPOCH, "a", "seat map", "/api/v1/reservations/seats/1", "200", body);
        return HistoryChecks.seatsAddUp(List.of(seen)).breaches();
    }

    @Test
    void everyPictureOfTheHallIsTheHall() {
        assertThat(wrongHalls(5, 3, 10)).isZero();
        assertThat(wrongHalls(5, 4, 10)).isOne();
        assertThat(wrongHalls(-1, 9, 10)).as("less than no seat").isOne();
        assertThat(wrongHalls(5, 3, 10, 4)).as("a seat that is not counted").isOne();
    }
}
