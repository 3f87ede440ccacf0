package io.onsale.ticketing.reservations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onsale.platform.Ids;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks the tables directly, as a Redis that lies or a program with a bug would: the walls hold by themselves. */
class WallsTest extends TicketingTest {
    private TestEvent event;

    @BeforeEach
    void event() {
        event = events().create(Plan.simple().standing(3).limit(10).withWaitingRoom());
    }

    @Test
    void twoLiveClaimsOfOneSeatAreImpossible() {
        claim(reservation("u1", null), "1-1-1", 10);

        assertThatThrownBy(() -> claim(reservation("u2", null), "1-1-1", 11))
                .hasMessageContaining("one_live_claim_per_seat");

        sql(
                "update reservations.claims set live = false, ended_at = now() where performance_id = $1",
                event.performanceId());
        claim(reservation("u2", null), "1-1-1", 12);
    }

    @Test
    void anOlderFenceNeverLands() {
        String reservation = reservation("u1", null);
        claim(reservation, "1-1-1", 10);
        sql(
                "update reservations.claims set live = false, ended_at = now() where performance_id = $1",
                event.performanceId());

        assertThatThrownBy(() -> claim(reservation("u2", null), "1-1-1", 10)).hasMessageContaining("not newer");
        assertThatThrownBy(() -> claim(reservation("u2", null), "1-1-1", 9)).hasMessageContaining("not newer");
        assertThatThrownBy(() -> sql(
                        "update reservations.seat_fences set fence = 5 where performance_id = $1",
                        event.performanceId()))
                .hasMessageContaining("not newer");
        assertThatThrownBy(
                        () -> sql("update reservations.claims set fence = 99 where reservation_id = $1", reservation))
                .hasMessageContaining("keeps its");
        assertThatThrownBy(() -> sql(
                        "update reservations.claims set live = true, ended_at = null where reservation_id = $1",
                        reservation))
                .hasMessageContaining("given up");
    }

    @Test
    void onePassBacksOneLiveReservation() {
        String pass = event.id() + ":1:" + Ids.next();
        String first = reservation("u1", pass);

        assertThatThrownBy(() -> reservation("u1", pass)).hasMessageContaining("one_live_reservation_per_pass");

        sql("update reservations.reservations set status = 'EXPIRED' where id = $1", first);
        reservation("u1", pass);
    }

    @Test
    void aStandingAreaNeverHoldsMoreThanItsCapacity() {
        String reservation = reservation("u1", null);
        for (int place = 1; place <= 3; place++) {
            stand(reservation, place, 3);
        }

        assertThatThrownBy(() -> stand(reservation, 4, 3)).hasMessageContaining("area_claim_within_capacity");
        assertThatThrownBy(() -> stand(reservation, 4, 4)).hasMessageContaining("area_capacity_as_laid_out");
        assertThatThrownBy(() -> stand(reservation("u2", null), 2, 3)).hasMessageContaining("one_live_claim_per_seat");
        assertThatThrownBy(() -> sql("""
            insert into reservations.claims
                (reservation_id, performance_id, seat_id, fence, grade, amount, area_id, place, area_capacity)
            values ($1, $2, '2-0-77', 77, 'S', 1, '2', 1, 3)
            """, reservation, event.performanceId()))
                .hasMessageContaining("area_claim_names_its_place");
    }

    /** A Redis that gives every buyer the same seat: PostgreSQL lets one have it. */
    @Test
    void whatRedisGivesTwiceTheDatabaseGivesOnce() throws Exception {
        List<String> outcomes = race(16, i -> decide("r" + i, "racer-" + i, null, 1_000 + i, "1-1-1", "1-1-2"));

        assertThat(outcomes).filteredOn("OK"::equals).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> !"OK".equals(outcome))
                .allMatch(List.of("SEAT_TAKEN", "FENCE_STALE")::contains);
        assertThat(liveClaims()).isEqualTo(2);
    }

    @Test
    void parallelHoldsOnOnePassHaveOneWinner() throws Exception {
        String pass = event.id() + ":1:" + Ids.next();

        List<String> outcomes = race(8, i -> decide("p" + i, "same-buyer", pass, 2_000 + i, "1-2-" + (i + 1)));

        assertThat(outcomes).filteredOn("OK"::equals).hasSize(1);
        assertThat(outcomes).filteredOn(outcome -> !"OK".equals(outcome)).containsOnly("PASS_IN_USE");
    }

    @Test
    void parallelHoldsOfOneBuyerStayWithinTheLimit() throws Exception {
        TestEvent limited = events().create(Plan.simple().limit(3));

        List<String> outcomes = race(10, i -> decide(limited, "l" + i, "greedy", null, 3_000 + i, "1-1-" + (i + 1)));

        assertThat(outcomes).filteredOn("OK"::equals).hasSize(3);
        assertThat(outcomes).filteredOn(outcome -> !"OK".equals(outcome)).containsOnly("LIMIT_EXCEEDED");
    }

    /** A presale's word on this buyer, by the database's clock and beside the seats. */
    @Test
    void whoseTurnHasNotComeHoldsNothingYet() {
        Instant later = Instant.now().plusSeconds(3_600);
        Instant before = Instant.now().minusSeconds(1);
        String pass = event.id() + ":1:presale";

        assertThat(decide(event, later, "p1", "gold", pass, 10, "1-1-1")).isEqualTo("SALE_NOT_OPEN");
        assertThat(decide(event, before, "p2", "diamond", pass, 11, "1-1-1")).isEqualTo("OK");
    }

    @Test
    void nothingIsHeldOnceTheSaleIsClosed() {
        sql("update reservations.sales set closed = true where event_id = $1", event.id());

        assertThat(decide("c1", "late", event.id() + ":1:late", 10, "1-1-1")).isEqualTo("SALE_CLOSED");
    }

    private interface Racer {
        String run(int number) throws Exception;
    }

    private static List<String> race(int racers, Racer racer) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(racers);
        try {
            List<Future<String>> running = IntStream.range(0, racers)
                    .mapToObj(i -> pool.submit(() -> {
                        go.await();
                        return racer.run(i);
                    }))
                    .toList();
            go.countDown();
            return running.stream().map(WallsTest::get).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static String get(Future<String> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String decide(String id, String user, @Nullable String pass, long fence, String... seats) {
        return decide(event, id, user, pass == null ? event.id() + ":1:" + id : pass, fence, seats);
    }

    private String decide(TestEvent of, String id, String user, @Nullable String pass, long fence, String... seats) {
        return decide(of, Instant.EPOCH, id, user, pass, fence, seats);
    }

    private String decide(
            TestEvent of, Instant opens, String id, String user, @Nullable String pass, long fence, String... seats) {
        String unique = id + "-" + Ids.next();
        var call = database.sql("""
            select outcome from reservations.hold($1, $1, $2, $3, $4, $5, $8, $6, 300000, $7,
                array_fill('R'::text, array [cardinality($7::text[])]), array_fill(1::bigint, array [cardinality($7::text[])]),
                array_fill(null::text, array [cardinality($7::text[])]), array_fill(null::int, array [cardinality($7::text[])]))
            """)
                .bind("$1", unique)
                .bind("$2", of.id())
                .bind("$3", of.performanceId())
                .bind("$4", user);
        call = pass == null ? call.bindNull("$5", String.class) : call.bind("$5", pass);
        return Objects.requireNonNull(call.bind("$6", fence)
                .bind("$7", seats)
                .bind("$8", opens)
                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                .one()
                .block(Duration.ofSeconds(10)));
    }

    private String reservation(String user, @Nullable String pass) {
        String id = Ids.next();
        var insert = database.sql("""
            insert into reservations.reservations
                (id, request_id, event_id, performance_id, user_id, pass_id, status, amount, expires_at)
            values ($1, $1, $2, $3, $4, $5, 'PENDING', 0, now() + interval '5 minutes')
            """)
                .bind("$1", id)
                .bind("$2", event.id())
                .bind("$3", event.performanceId())
                .bind("$4", user);
        insert = pass == null ? insert.bindNull("$5", String.class) : insert.bind("$5", pass);
        insert.fetch().rowsUpdated().block(Duration.ofSeconds(5));
        return id;
    }

    private void claim(String reservation, String seat, long fence) {
        database.sql("""
            insert into reservations.claims (reservation_id, performance_id, seat_id, fence, grade, amount)
            values ($1, $2, $3, $4, 'R', 1)
            """)
                .bind("$1", reservation)
                .bind("$2", event.performanceId())
                .bind("$3", seat)
                .bind("$4", fence)
                .fetch()
                .rowsUpdated()
                .block(Duration.ofSeconds(5));
    }

    private void stand(String reservation, int place, int capacity) {
        database.sql("""
            insert into reservations.claims
                (reservation_id, performance_id, seat_id, fence, grade, amount, area_id, place, area_capacity)
            values ($1, $2, '2-0-' || $3::int, $4, 'S', 1, '2', $3::int, $5)
            """)
                .bind("$1", reservation)
                .bind("$2", event.performanceId())
                .bind("$3", place)
                .bind("$4", System.nanoTime())
                .bind("$5", capacity)
                .fetch()
                .rowsUpdated()
                .block(Duration.ofSeconds(5));
    }

    private void sql(String statement, String... values) {
        var spec = database.sql(statement);
        for (int i = 0; i < values.length; i++) {
            spec = spec.bind("$" + (i + 1), values[i]);
        }
        spec.fetch().rowsUpdated().block(Duration.ofSeconds(5));
    }

    private long liveClaims() {
        Map<String, Object> row = Objects.requireNonNull(
                database.sql("select count(*) as n from reservations.claims where performance_id = $1 and live")
                        .bind("$1", event.performanceId())
                        .fetch()
                        .one()
                        .block(Duration.ofSeconds(5)));
        return (Long) row.get("n");
    }
}
