package io.onsale.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The limit before a server that serves one call after another. Time is counted, not waited for. */
class ConcurrencyLimitTest {
    private static final int LEAST = 64;
    private static final int MOST = 1_000;
    private static final Duration LATE = Duration.ofMillis(500);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Property(tries = 50)
    void aServerWithFarTooManyCallsServesAsManyInTimeAsItCan(
            @ForAll @IntRange(min = 100, max = 5_000) int capacity,
            @ForAll @DoubleRange(min = 1.5, max = 20) double load) {
        Server server = new Server();
        server.face(capacity * load, capacity, 4);
        Tally tally = server.face(capacity * load, capacity, 10);
        assertThat(tally.inTime()).isGreaterThan((int) (10 * capacity * 0.95));
        assertThat(tally.refused()).isGreaterThan(0);
    }

    @Property(tries = 50)
    void aServerWithTimeToSpareRefusesNobody(
            @ForAll @IntRange(min = 100, max = 5_000) int capacity,
            @ForAll @DoubleRange(min = 0.1, max = 0.95) double load) {
        Tally tally = new Server().face(capacity * load, capacity, 10);
        assertThat(tally.refused()).isZero();
    }

    @Test
    void afterAnOutageTheLimitIsBackWithinSeconds() {
        Server server = new Server();
        server.face(200, 20, 10);
        assertThat(server.limit.limit()).isEqualTo(LEAST);
        server.face(30_000, 20_000, 6);
        assertThat(server.limit.limit()).isEqualTo(MOST);
    }

    @Test
    void aPauseIsNoCrowd() {
        ConcurrencyLimit limit = new ConcurrencyLimit(LEAST, MOST, LATE, 0);
        for (long now = 0, second = 0; second < 10; second++, now = second * SECOND) {
            answers(limit, 100, 0, now);
            answers(limit, 100, SECOND, now + SECOND / 2);
        }
        assertThat(limit.limit()).isEqualTo(2 * LEAST);
    }

    /** So many, each of which took this long. */
    private static void answers(ConcurrencyLimit limit, int count, long tookNanos, long nowNanos) {
        for (int i = 0; i < count; i++) {
            limit.answered(tookNanos, nowNanos);
        }
    }

    @Test
    void aFewSlowCallsSayNothingAboutACrowd() {
        ConcurrencyLimit limit = new ConcurrencyLimit(LEAST, MOST, LATE, 0);
        for (int i = 0; i < 19; i++) {
            assertThat(limit.begin()).isTrue();
            limit.end();
            limit.answered(3 * SECOND, i * SECOND);
        }
        assertThat(limit.limit()).isEqualTo(2 * LEAST);
    }

    private record Tally(int inTime, int refused) {}

    private static final class Server {
        private final ConcurrencyLimit limit = new ConcurrencyLimit(LEAST, MOST, LATE, 0);
        private final Deque<Long> waiting = new ArrayDeque<>();
        private double now;
        private double nextAnswer;

        /** Calls come at this rate, as many as {@code capacity} are served, for so many seconds. */
        Tally face(double perSecond, double capacity, int seconds) {
            double end = now + (double) seconds * SECOND;
            int inTime = 0;
            int refused = 0;
            while (now < end) {
                double nextCall = now + SECOND / perSecond;
                while (!waiting.isEmpty() && nextAnswer <= nextCall) {
                    long took = (long) nextAnswer - waiting.remove();
                    inTime += took <= SECOND ? 1 : 0;
                    limit.end();
                    limit.answered(took, (long) nextAnswer);
                    nextAnswer += SECOND / capacity;
                }
                now = nextCall;
                if (limit.begin()) {
                    if (waiting.isEmpty()) {
                        nextAnswer = now + SECOND / capacity;
                    }
                    waiting.add((long) now);
                } else {
                    refused++;
                }
            }
            return new Tally(inTime, refused);
        }
    }
}
