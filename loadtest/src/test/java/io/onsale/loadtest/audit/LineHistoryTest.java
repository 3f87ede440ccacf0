package io.onsale.loadtest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.history.History.Entry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineHistoryTest {

    private static String token(long epoch, long number) {
        byte[] token = ByteBuffer.allocate(33)
                .put((byte) 'W')
                .putLong((epoch << 24) + number)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static Entry told(String user, String state, long epoch, long number, long ahead) {
        return new Entry(
                "event",
                Instant.EPOCH,
                Instant.EPOCH,
                user,
                "status",
                "/api/v1/queue/status",
                "200",
                Json.object().put("state", state).put("ahead", ahead).put("placeToken", token(epoch, number)));
    }

    private static Entry at(Instant at, Entry told) {
        return new Entry(told.event(), at, at, told.userId(), told.step(), told.path(), told.outcome(), told.body());
    }

    private static long worse(Entry... entries) {
        return LineHistory.placesNeverWorsen(List.of(entries)).breaches();
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

    /** @param asked in seconds, as is {@code at} */
    private static Entry entered(String user, long epoch, long number, long asked, long at) {
        return new Entry(
                "event",
                Instant.ofEpochSecond(asked),
                Instant.ofEpochSecond(at),
                user,
                "enter",
                "/api/v1/queue/enter",
                "200",
                Json.object().put("state", "WAITING").put("placeToken", token(epoch, number)));
    }

    private static long cutIn(Entry... entries) {
        return LineHistory.nobodyCutsIn(List.of(entries)).breaches();
    }

    @Test
    void whoPressesAtTheSameTimeMayStandEitherWay() {
        assertThat(cutIn(entered("a", 1, 2, 0, 3), entered("b", 1, 1, 2, 4))).isZero();
    }

    @Test
    void whoComesLaterStandsBehind() {
        assertThat(cutIn(entered("a", 1, 2, 0, 1), entered("b", 1, 1, 2, 3), entered("c", 1, 3, 4, 5)))
                .isOne();
    }

    @Test
    void whoComesBackWithAnOldPlaceIsRightToStandInFront() {
        assertThat(cutIn(
                        entered("a", 1, 1, 0, 1),
                        entered("b", 1, 2, 2, 3),
                        entered("a", 1, 1, 4, 5),
                        entered("c", 2, 1, 6, 7)))
                .isZero();
    }

    @Test
    void aLineThatLostItsMemoryGivesThePlaceBack() {
        assertThat(worse(told("a", "WAITING", 1, 7, 3), told("a", "", 0, 0, 0), told("a", "WAITING", 1, 7, 3)))
                .isZero();
        assertThat(worse(told("a", "WAITING", 1, 7, 3), told("a", "", 0, 0, 0), told("a", "WAITING", 2, 1, 0)))
                .isOne();
    }

    @Test
    void whoWasLetInOrSilentForLongBeginsAgain() {
        assertThat(worse(told("a", "WAITING", 1, 7, 3), told("a", "ADMITTED", 1, 7, 0), told("a", "WAITING", 2, 1, 9)))
                .isZero();
        assertThat(worse(
                        told("a", "WAITING", 1, 7, 3),
                        at(Instant.EPOCH.plusSeconds(300), told("a", "WAITING", 2, 1, 9))))
                .isZero();
    }
}
