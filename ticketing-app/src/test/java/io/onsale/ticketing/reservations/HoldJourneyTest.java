package io.onsale.ticketing.reservations;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import io.onsale.platform.redis.Redis;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.reservations.redis.SeatLocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A buyer holds seats, changes them, lets them go, comes too late; others meanwhile want the same. */
class HoldJourneyTest extends TicketingTest {
    @Autowired
    private Redis redis;

    private HoldClient client;

    @BeforeEach
    void client() {
        client = new HoldClient(http);
    }

    @Test
    void holdsSeatsSoThatNobodyElseCan() {
        TestEvent event = events().create(Plan.simple());
        TestUser first = buyer();

        HoldClient.Held held = client.held(first, event.performanceId(), "1-1-4", "1-1-5");

        assertThat(held.status()).isEqualTo("PENDING");
        assertThat(held.seatIds()).containsExactlyInAnyOrder("1-1-4", "1-1-5");
        assertThat(held.amount()).isEqualTo(100_000);
        assertThat(Instant.parse(held.expiresAt()))
                .isBetween(Instant.now().plusSeconds(280), Instant.now().plusSeconds(301));
        assertThat(held.paymentToken()).isNotBlank();
        HoldClient.SeatMap map = client.seats(event.performanceId());
        assertThat(map.held()).containsExactly("1-1-4", "1-1-5");
        assertThat(map.counts()).isEqualTo(new HoldClient.SeatMap.Counts(20, 18, 2, 0, 0));

        Map<String, Object> refusal =
                HoldClient.problem(client.hold(buyer(), event.performanceId(), "1-1-5", "1-1-6"), 409);

        assertThat(refusal).containsEntry("code", "SEAT_TAKEN").containsEntry("seatIds", List.of("1-1-5"));
        assertThat(client.held(buyer(), event.performanceId(), "1-1-6").seatIds())
                .as("the loser's other seat was given back")
                .containsExactly("1-1-6");
        assertThat(events(held)).containsExactly("SeatsHeld");
    }

    @Test
    void theSameKeyGetsTheSameAnswer() {
        TestEvent event = events().create(Plan.simple());
        TestUser buyer = buyer();
        Map<String, Object> body = Map.of("performanceId", event.performanceId(), "seatIds", List.of("1-1-1"));

        byte[] first = answer(client.post(buyer, "\"my-key\"", null, body));
        byte[] second = answer(client.post(buyer, "my-key", null, body));

        assertThat(second).isEqualTo(first);
        Map<String, Object> other = Map.of("performanceId", event.performanceId(), "seatIds", List.of("1-1-2"));
        assertThat(HoldClient.problem(client.post(buyer, "my-key", null, other), 422))
                .containsEntry("code", "IDEMPOTENCY_KEY_REUSED");
        assertThat(HoldClient.problem(client.post(buyer, null, null, body), 400))
                .containsEntry("code", "IDEMPOTENCY_KEY_MISSING");
        assertThat(HoldClient.problem(client.post(buyer(), "my-key", null, body), 409))
                .as("another user's key is another key")
                .containsEntry("code", "SEAT_TAKEN");
    }

    @Test
    void aReleasedSeatSellsAgain() {
        TestEvent event = events().create(Plan.simple());
        TestUser first = buyer();
        HoldClient.Held held = client.held(first, event.performanceId(), "1-1-1");

        HoldClient.problem(client.release(buyer(), held.reservationId()), 404);
        client.release(first, held.reservationId()).expectStatus().isNoContent();
        client.release(first, held.reservationId()).expectStatus().isNoContent();

        HoldClient.Held again = client.held(buyer(), event.performanceId(), "1-1-1");
        assertThat(again.seats().get(0).fence())
                .isGreaterThan(held.seats().get(0).fence());
        assertThat(events(held)).containsExactly("SeatsHeld", "ReservationCancelled");
    }

    @Test
    void changesSeatsWithoutLosingTheOldOnes() {
        TestEvent event = events().create(Plan.simple());
        TestUser buyer = buyer();
        HoldClient.Held held = client.held(buyer, event.performanceId(), "1-1-1", "1-1-2");
        client.held(buyer(), event.performanceId(), "1-1-3");

        assertThat(HoldClient.problem(client.change(buyer, held.reservationId(), "1-1-2", "1-1-3"), 409))
                .containsEntry("code", "SEAT_TAKEN")
                .containsEntry("seatIds", List.of("1-1-3"));
        assertThat(client.seats(event.performanceId()).held()).contains("1-1-1", "1-1-2");

        HoldClient.Held changed = Objects.requireNonNull(client.change(buyer, held.reservationId(), "1-1-2", "1-2-1")
                .expectStatus()
                .isOk()
                .expectBody(HoldClient.Held.class)
                .returnResult()
                .getResponseBody());
        assertThat(changed.seatIds()).containsExactlyInAnyOrder("1-1-2", "1-2-1");
        assertThat(changed.expiresAt()).as("the end never moves").isEqualTo(held.expiresAt());
        for (String key : seatKeys(event, changed)) {
            assertThat(redis.run(command -> command.pttl(key)).block(Duration.ofSeconds(5)))
                    .as("decided, so it stays taken: " + key)
                    .isGreaterThan(SeatLocks.UNDECIDED.toMillis());
        }
        client.held(buyer(), event.performanceId(), "1-1-1");
        assertThat(events(held)).containsExactly("SeatsHeld", "SeatsChanged");
    }

    @Test
    void aLapsedHoldSellsAgainExactlyOnce() {
        TestEvent event = events().create(Plan.simple());
        HoldClient.Held held = client.held(buyer(), event.performanceId(), "1-1-1", "1-1-2");
        lapse(event, held);

        HoldClient.Held next = client.held(buyer(), event.performanceId(), "1-1-2");

        assertThat(next.seatIds()).containsExactly("1-1-2");
        assertThat(events(held)).containsExactly("SeatsHeld", "ReservationExpired");
        assertThat(client.seats(event.performanceId()).held()).containsExactly("1-1-2");
    }

    @Test
    void theSweeperEndsWhatNobodyMeets() throws InterruptedException {
        TestEvent event = events().create(Plan.simple());
        HoldClient.Held held = client.held(buyer(), event.performanceId(), "1-1-1");
        lapse(event, held);

        Instant deadline = Instant.now().plusSeconds(10);
        while (!client.seats(event.performanceId()).held().isEmpty()
                && Instant.now().isBefore(deadline)) {
            Thread.sleep(100);
        }

        assertThat(client.seats(event.performanceId()).held()).isEmpty();
        assertThat(events(held)).containsExactly("SeatsHeld", "ReservationExpired");
    }

    @Test
    void saleRulesAreDecidedInTheHold() {
        Instant now = Instant.now();
        TestEvent limited = events().create(Plan.simple().limit(3).performances(2));
        TestUser buyer = buyer();
        client.held(buyer, limited.performanceIds().get(0), "1-1-1", "1-1-2");

        assertThat(HoldClient.problem(
                        client.hold(buyer, limited.performanceIds().get(1), "1-1-1", "1-1-2"), 409))
                .as("the limit is the event's, not the performance's")
                .containsEntry("code", "LIMIT_EXCEEDED")
                .containsEntry("limit", 3);
        client.held(buyer, limited.performanceIds().get(1), "1-1-1");

        TestEvent later = events().create(Plan.simple().window(now.plusSeconds(600), now.plusSeconds(6000)));
        assertThat(HoldClient.problem(client.hold(buyer, later.performanceId(), "1-1-1"), 409))
                .containsEntry("code", "SALE_CLOSED")
                .containsKey("opensAt");
        assertThat(HoldClient.problem(client.hold(buyer, Ids.next(), "1-1-1"), 404))
                .containsEntry("code", "NOT_FOUND");
        assertThat(HoldClient.problem(client.hold(buyer, limited.performanceId(), "1-9-9"), 400))
                .containsEntry("code", "SEAT_UNKNOWN");
    }

    @Test
    void aPassIsForOneBuyerOneEventOneReservation() {
        TestEvent event = events().create(Plan.simple().withWaitingRoom());
        TestUser buyer = buyer();
        Map<String, Object> body = Map.of("performanceId", event.performanceId(), "seatIds", List.of("1-1-1"));
        String passId = event.id() + ":1:" + Ids.next();
        String pass = pass(buyer, event.id(), passId, Instant.now().plusSeconds(60));

        assertThat(code(client.post(buyer, Ids.next(), null, body), 403)).isEqualTo("PASS_REQUIRED");
        assertThat(code(client.post(buyer, Ids.next(), pass(buyer(), event.id()), body), 403))
                .isEqualTo("PASS_INVALID");
        assertThat(code(client.post(buyer, Ids.next(), pass(buyer, Ids.next()), body), 403))
                .isEqualTo("PASS_INVALID");
        assertThat(code(client.post(buyer, Ids.next(), buyer.token(), body), 403))
                .isEqualTo("PASS_INVALID");
        assertThat(code(
                        client.post(
                                buyer,
                                Ids.next(),
                                pass(buyer, event.id(), passId, Instant.now().minusSeconds(5)),
                                body),
                        403))
                .isEqualTo("PASS_EXPIRED");

        HoldClient.Held held = HoldClient.held(client.post(buyer, Ids.next(), pass, body));
        Map<String, Object> more = Map.of("performanceId", event.performanceId(), "seatIds", List.of("1-1-2"));
        assertThat(code(client.post(buyer, Ids.next(), pass, more), 409)).isEqualTo("PASS_IN_USE");
        client.release(buyer, held.reservationId()).expectStatus().isNoContent();
        HoldClient.held(client.post(buyer, Ids.next(), pass, more));
    }

    @Test
    void findsTheBestSeatsAndPlacesToStand() {
        TestEvent event = events().create(Plan.simple().seats(1, 6).standing(12).limit(20));
        TestUser buyer = buyer();

        HoldClient.Held best = HoldClient.held(client.post(
                buyer, Ids.next(), null, Map.of("performanceId", event.performanceId(), "grade", "R", "quantity", 2)));
        assertThat(best.seatIds()).containsExactlyInAnyOrder("1-1-3", "1-1-4");
        HoldClient.Held standing = HoldClient.held(client.post(
                buyer,
                Ids.next(),
                null,
                Map.of("performanceId", event.performanceId(), "area", "Standing", "quantity", 10)));
        assertThat(standing.seatIds()).hasSize(10).allMatch(id -> id.startsWith("2-0-"));
        assertThat(code(
                        client.post(
                                buyer,
                                Ids.next(),
                                null,
                                Map.of("performanceId", event.performanceId(), "area", "Standing", "quantity", 3)),
                        409))
                .isEqualTo("AREA_FULL");
        assertThat(code(
                        client.post(
                                buyer,
                                Ids.next(),
                                null,
                                Map.of("performanceId", event.performanceId(), "grade", "R", "quantity", 3)),
                        409))
                .isEqualTo("NO_SEATS_TOGETHER");
    }

    @Test
    void badInputIsRefusedByName() {
        TestEvent event = events().create(Plan.simple());
        String performance = event.performanceId();
        for (Object body : List.of(
                Map.of("performanceId", performance),
                Map.of("performanceId", performance, "seatIds", List.of()),
                Map.of("performanceId", performance, "seatIds", List.of("1-1-1", "1-1-1")),
                Map.of("performanceId", performance, "seatIds", List.of("1-1-1", "1-1-2", "1-1-3", "1-1-4", "1-1-5")),
                Map.of("performanceId", performance, "seatIds", List.of("1-1-1"), "quantity", 1),
                Map.of("performanceId", performance, "seatIds", List.of("1-1-1"), "amount", 1),
                Map.of("performanceId", performance, "grade", "R", "quantity", 0),
                Map.of("performanceId", performance, "grade", "R", "quantity", -1),
                Map.of("performanceId", performance, "grade", "R", "quantity", 99_999),
                Map.of("performanceId", performance, "grade", "R", "quantity", "2"),
                Map.of("performanceId", performance, "grade", "Q", "quantity", 2),
                Map.of("performanceId", performance, "area", "Nowhere", "quantity", 2),
                Map.of("performanceId", 7, "seatIds", List.of("1-1-1")),
                List.of())) {
            assertThat(code(client.post(buyer(), Ids.next(), null, body), 400))
                    .as("%s", body)
                    .isEqualTo("VALIDATION_FAILED");
        }
    }

    private static String code(ResponseSpec answer, int status) {
        return String.valueOf(HoldClient.problem(answer, status).get("code"));
    }

    private static byte[] answer(ResponseSpec answer) {
        return Objects.requireNonNull(
                answer.expectStatus().isCreated().expectBody().returnResult().getResponseBody());
    }

    private void lapse(TestEvent event, HoldClient.Held held) {
        database.sql("update reservations.reservations set expires_at = now() - interval '1 ms' where id = $1")
                .bind("$1", held.reservationId())
                .fetch()
                .rowsUpdated()
                .block(Duration.ofSeconds(5));
        // In Redis a hold ends by itself at that moment.
        String[] keys = seatKeys(event, held);
        assertThat(redis.run(command -> command.del(keys)).block(Duration.ofSeconds(5)))
                .isEqualTo(keys.length);
    }

    private static String[] seatKeys(TestEvent event, HoldClient.Held held) {
        return held.seatIds().stream()
                .map(seat -> "hold:{" + event.id() + "}:seat:" + event.performanceId() + ":" + seat)
                .toArray(String[]::new);
    }

    /** Types of the reservation's events, in the order they were written. */
    private List<String> events(HoldClient.Held held) {
        return Objects.requireNonNull(database.sql("select event_type from platform.outbox where key = $1 order by seq")
                .bind("$1", held.reservationId())
                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                .all()
                .collectList()
                .block(Duration.ofSeconds(5)));
    }
}
