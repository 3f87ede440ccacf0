package io.onsale.loadtest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.history.History.Entry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryChecksTest {

    private static Entry told(String user, String state, long epoch, long number, long ahead) {
        byte[] token = ByteBuffer.allocate(33)
                .put((byte) 'W')
                .putLong((epoch << 24) + number)
                .array();
        return new Entry(
                Instant.EPOCH,
                user,
                "status",
                "/api/v1/queue/status",
                "200",
                Json.object()
                        .put("state", state)
                        .put("ahead", ahead)
                        .put(
                                "placeToken",
                                Base64.getUrlEncoder().withoutPadding().encodeToString(token)));
    }

    private static long worse(Entry... entries) {
        return HistoryChecks.placesNeverWorsen(List.of(entries)).breaches();
    }

    @Test
    void aLineThatMovesOnIsFine() {
        assertThat(worse(told("a", "WAITING", 1, 7, 6), told("b", "WAITING", 1, 8, 7), told("a", "WAITING", 1, 7, 3)))
                .isZero();
    }

    @Test
    void somebodyInFrontOfOneIsNot() {
        assertThat(worse(told("a", "WAITING", 1, 7, 3), told("a", "WAITING", 1, 7, 4)))
                .isOne();
    }

    @Test
    void neitherIsALaterPlace() {
        assertThat(worse(told("a", "WAITING", 1, 7, 3), told("a", "WAITING", 1, 9, 2)))
                .isOne();
    }

    @Test
    void whoLetTheirPlaceLapseBeginsAgain() {
        assertThat(worse(told("a", "WAITING", 1, 7, 3), told("a", "EXPIRED", 1, 7, 0), told("a", "WAITING", 1, 9, 5)))
                .isZero();
    }

    @Test
    void aLostLineIsAnotherEpoch() {
        assertThat(worse(told("a", "WAITING", 1, 7, 3), told("a", "WAITING", 2, 1, 9)))
                .isZero();
    }
}
