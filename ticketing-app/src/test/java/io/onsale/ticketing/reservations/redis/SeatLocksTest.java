package io.onsale.ticketing.reservations.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.stores.TestStores;
import io.onsale.platform.Ids;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.reservations.redis.SeatLocks.Acquired;
import io.onsale.ticketing.reservations.redis.SeatLocks.Seats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;

/** The three scripts on a real Redis. */
class SeatLocksTest extends TicketingTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Autowired
    private SeatLocks locks;

    private final String event = Ids.next();

    @Test
    void takesAllOrNone() {
        assertThat(acquire("r1", "a", "b")).isInstanceOf(Acquired.Held.class);

        assertThat(acquire("r2", "b", "c", "a")).isEqualTo(new Acquired.Taken(List.of("b", "a")));
        assertThat(acquire("r3", "c")).isInstanceOf(Acquired.Held.class);
    }

    @Test
    void repeatingARequestChangesNothing() {
        long fence = fence(acquire("r1", "a", "b"));

        assertThat(fence(acquire("r1", "a", "b"))).isEqualTo(fence);
        assertThat(fence(acquire("r2", "c"))).isGreaterThan(fence);
    }

    @Test
    void fencesRiseEvenWhenRedisForgetsAndWhenTheDatabaseKnowsBetter() {
        long first = fence(acquire("r1", "a"));
        TestStores.redis().wipe();
        long second = fence(acquire("r2", "a"));
        assertThat(second).isGreaterThan(first);

        long floor = second + 1_000_000_000_000L;
        Acquired pushed =
                locks.acquire("r2", seats("a"), Duration.ofMinutes(5), floor).block(SOON);
        assertThat(fence(Objects.requireNonNull(pushed))).isEqualTo(floor + 1);
        assertThat(fence(acquire("r3", "b"))).isEqualTo(floor + 2);
    }

    @Test
    void aRequestTakenBackIsRefusedWhenItComesAgain() {
        acquire("r1", "a", "b");
        acquire("r2", "c");

        locks.takeBack("r1", seats("a", "b", "c")).block(SOON);

        assertThat(acquire("r1", "a", "b")).isInstanceOf(Acquired.Released.class);
        assertThat(acquire("r3", "c")).as("others' seats stay").isEqualTo(new Acquired.Taken(List.of("c")));
        assertThat(acquire("r3", "a", "b")).isInstanceOf(Acquired.Held.class);
    }

    @Test
    void releasesByFenceAndNothingNewer() {
        long old = fence(acquire("r1", "a"));
        locks.release(event, "p", Map.of("a", old)).block(SOON);
        long newer = fence(acquire("r2", "a"));

        locks.release(event, "p", Map.of("a", old)).block(SOON);

        assertThat(acquire("r3", "a")).isEqualTo(new Acquired.Taken(List.of("a")));
        locks.release(event, "p", Map.of("a", newer)).block(SOON);
        assertThat(acquire("r3", "a")).isInstanceOf(Acquired.Held.class);
    }

    @Test
    void holdsEndByThemselvesUnlessExtended() throws InterruptedException {
        Acquired held = Objects.requireNonNull(
                locks.acquire("r1", seats("a", "b"), Duration.ofSeconds(2), 0).block(SOON));
        locks.extend(event, "p", Map.of("a", fence(held)), Duration.ofMinutes(5))
                .block(SOON);
        locks.extend(event, "p", Map.of("b", fence(held) - 1), Duration.ofMinutes(5))
                .block(SOON);

        Thread.sleep(2_200);

        assertThat(acquire("r2", "a")).isEqualTo(new Acquired.Taken(List.of("a")));
        assertThat(acquire("r2", "b")).isInstanceOf(Acquired.Held.class);
    }

    @Test
    void ofManyAtTheSameMomentOneWins() {
        List<Acquired> answers = Objects.requireNonNull(Flux.range(0, 500)
                .flatMap(i -> locks.acquire("c" + i, seats("a", "b", "x" + i), Duration.ofMinutes(5), 0), 500)
                .collectList()
                .block(SOON));

        assertThat(answers).filteredOn(Acquired.Held.class::isInstance).hasSize(1);
    }

    private Acquired acquire(String request, String... seatIds) {
        return Objects.requireNonNull(
                locks.acquire(request, seats(seatIds), Duration.ofMinutes(5), 0).block(SOON));
    }

    private Seats seats(String... seatIds) {
        return new Seats(event, "p", List.of(seatIds));
    }

    private static long fence(Acquired acquired) {
        assertThat(acquired).isInstanceOf(Acquired.Held.class);
        return ((Acquired.Held) acquired).fence();
    }
}
