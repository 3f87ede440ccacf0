package io.onsale.ticketing.reservations;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import io.onsale.platform.web.Detached;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** A crowd on few seats, over HTTP with everything real: each seat goes to one buyer, and nothing leaks when clients hang up. */
class HoldRushTest extends TicketingTest {

    @Autowired
    private ConnectionPool pool;

    @Autowired
    private Detached detached;

    private WebClient crowd = WebClient.create();

    @BeforeEach
    void crowd() {
        ConnectionProvider connections = ConnectionProvider.builder("crowd")
                .maxConnections(500)
                .pendingAcquireMaxCount(20_000)
                .pendingAcquireTimeout(Duration.ofMinutes(2))
                .build();
        crowd = WebClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
                .build();
    }

    private record Answer(HttpStatusCode status, String body) {

        /** Of a system that has too much to do; anything else is meant. */
        boolean isNotNow() {
            return status.value() == 503 || body.contains("IDEMPOTENCY_KEY_IN_USE");
        }
    }

    /** A thousand at once are more than ten connections serve within the pool's patience: a 503 is asked again with its key. */
    @Test
    void aThousandBuyersOnTenSeats() {
        TestEvent event = events().create(Plan.simple().seats(1, 10));
        List<TestUser> buyers = IntStream.range(0, 1_000).mapToObj(i -> buyer()).toList();

        List<Answer> answers = Objects.requireNonNull(Flux.range(0, buyers.size())
                .flatMap(i -> hold(buyers.get(i), event, List.of("1-1-" + (i % 10 + 1))), 1_000)
                .collectList()
                .block(Duration.ofMinutes(2)));

        assertThat(answers).filteredOn(answer -> answer.status().value() == 201).hasSize(10);
        assertThat(answers)
                .filteredOn(answer -> answer.status().value() != 201)
                .allMatch(answer ->
                        answer.status().value() == 409 && answer.body().contains("SEAT_TAKEN"));
        assertThat(new HoldClient(http).seats(event.performanceId()).counts())
                .isEqualTo(new HoldClient.SeatMap.Counts(10, 0, 10, 0, 0));
        assertSound(event);
        assertPoolRests();
    }

    @Test
    void randomCartsOverOneHall() {
        TestEvent event = events().create(Plan.simple().seats(5, 20).standing(30));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Mono<Answer>> carts = IntStream.range(0, 600)
                .mapToObj(i -> cart(event, buyer(), random))
                .toList();

        List<Answer> answers = Objects.requireNonNull(
                Flux.merge(Flux.fromIterable(carts), 200).collectList().block(Duration.ofMinutes(2)));

        assertThat(answers)
                .as("seed %s", seed)
                .extracting(answer -> answer.status().value())
                .containsOnly(201, 409);
        assertSound(event);
    }

    private Mono<Answer> cart(TestEvent event, TestUser buyer, Random random) {
        int kind = random.nextInt(3);
        int quantity = 1 + random.nextInt(4);
        if (kind == 0) {
            int row = 1 + random.nextInt(5);
            int first = 1 + random.nextInt(17);
            return hold(
                    buyer,
                    event,
                    IntStream.range(0, quantity)
                            .mapToObj(i -> "1-" + row + "-" + (first + i))
                            .toList());
        }
        Map<String, Object> body = kind == 1
                ? Map.of("performanceId", event.performanceId(), "grade", "R", "quantity", quantity)
                : Map.of("performanceId", event.performanceId(), "area", "Standing", "quantity", quantity);
        return post(buyer, body);
    }

    @Test
    void clientsWhoHangUpLeaveNothingBehind() {
        int clients = Integer.getInteger("onsale.test.hang-ups", 1_000);
        TestEvent event = events().create(Plan.simple().seats(10, 100));
        List<TestUser> buyers = IntStream.range(0, 50).mapToObj(i -> buyer()).toList();
        Random random = new Random(7);

        Flux.range(0, clients)
                .flatMap(
                        i -> hold(
                                        buyers.get(i % buyers.size()),
                                        event,
                                        List.of("1-" + (1 + random.nextInt(10)) + "-" + (1 + random.nextInt(100))))
                                // The time-out cancels the exchange, which closes its connection.
                                .timeout(Duration.ofMillis(random.nextInt(60)))
                                .onErrorComplete(),
                        300)
                .then()
                .block(Duration.ofMinutes(5));

        assertPoolRests();
        assertThat(everyConnectionAnswers())
                .isEqualTo(pool.getMetrics().orElseThrow().getMaxAllocatedSize());
        assertSound(event);
    }

    private Mono<Answer> hold(TestUser buyer, TestEvent event, List<String> seats) {
        return post(buyer, Map.of("performanceId", event.performanceId(), "seatIds", seats));
    }

    private Mono<Answer> post(TestUser buyer, Map<String, Object> body) {
        String key = Ids.next();
        return Mono.defer(() -> crowd.post()
                        .uri("/api/v1/reservations/hold")
                        .headers(buyer::authorize)
                        .header("Idempotency-Key", key)
                        .bodyValue(body)
                        .exchangeToMono(response -> response.bodyToMono(String.class)
                                .defaultIfEmpty("")
                                .map(text -> new Answer(response.statusCode(), text))))
                .repeatWhen(answered -> answered.concatMap(times -> Mono.delay(Duration.ofMillis(300))))
                .filter(answer -> !answer.isNotNow())
                .next();
    }

    /** No seat twice; every live reservation has its seats; every hold was announced; nothing half. */
    private void assertSound(TestEvent event) {
        Map<String, Object> facts = Objects.requireNonNull(
                database.sql("""
                        with live as (
                            select c.performance_id, c.seat_id, count(*) as n from reservations.claims c
                              join reservations.reservations r on r.id = c.reservation_id
                             where r.event_id = $1 and c.live group by 1, 2
                        )
                        select (select count(*) from live where n > 1) as twice,
                               (select count(*) from reservations.reservations r where r.event_id = $1
                                   and r.status in ('PENDING', 'PAYING', 'CONFIRMED')
                                   and not exists (select from reservations.claims c where c.reservation_id = r.id and c.live)) as empty,
                               (select count(*) from reservations.reservations r where r.event_id = $1
                                   and not exists (select from platform.outbox o where o.key = r.id)) as silent,
                               (select count(*) from (
                                   select c.performance_id, c.seat_id from reservations.claims c
                                     join reservations.reservations r on r.id = c.reservation_id
                                     left join reservations.seat_fences f
                                       on (f.performance_id, f.seat_id) = (c.performance_id, c.seat_id)
                                    where r.event_id = $1 group by 1, 2
                                   having count(*) <> count(distinct c.fence)
                                       or max(c.fence) is distinct from max(f.fence)) unfenced) as unfenced,
                               (select count(*) from reservations.claims c join reservations.reservations r on r.id = c.reservation_id
                                 where r.event_id = $1 and c.live and r.status in ('CANCELLED', 'EXPIRED')) as undead
                        """).bind("$1", event.id()).fetch().one().block(Duration.ofSeconds(10)));
        assertThat(facts)
                .containsEntry("twice", 0L)
                .containsEntry("empty", 0L)
                .containsEntry("silent", 0L)
                .containsEntry("undead", 0L)
                .containsEntry("unfenced", 0L);
    }

    /** The pool's own tasks (the relay, the sweeper) come and go: at rest means seen without any borrowed connection. */
    private void assertPoolRests() {
        Instant deadline = Instant.now().plusSeconds(30);
        PoolMetrics metrics = pool.getMetrics().orElseThrow();
        boolean rests = false;
        while (!rests && Instant.now().isBefore(deadline)) {
            Mono.delay(Duration.ofMillis(20)).block();
            rests = detached.underWay() == 0 && metrics.acquiredSize() == 0 && metrics.pendingAcquireSize() == 0;
        }
        assertThat(rests)
                .as(
                        "%d under way, %d borrowed, %d waiting",
                        detached.underWay(), metrics.acquiredSize(), metrics.pendingAcquireSize())
                .isTrue();
        assertThat(idleInTransaction()).isZero();
    }

    private long idleInTransaction() {
        return Objects.requireNonNull(database.sql("""
                        select count(*) from pg_stat_activity
                         where datname = current_database() and state like 'idle in transaction%'
                           and state_change < clock_timestamp() - interval '500 milliseconds'
                        """)
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one()
                .block(Duration.ofSeconds(10)));
    }

    /** As many statements at the same moment as the pool has connections: a leaked one would be missing. */
    private int everyConnectionAnswers() {
        int size = pool.getMetrics().orElseThrow().getMaxAllocatedSize();
        return Objects.requireNonNull(Flux.range(0, size)
                        .flatMap(
                                i -> database.sql("select pg_backend_pid() from pg_sleep(0.5)")
                                        .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                                        .one()
                                        .retry(3),
                                size)
                        .collect(Collectors.toSet())
                        .block(Duration.ofSeconds(20)))
                .size();
    }
}
