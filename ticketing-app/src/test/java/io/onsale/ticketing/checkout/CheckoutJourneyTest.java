package io.onsale.ticketing.checkout;

import static io.onsale.ticketing.TestEvents.TestEvent.seat;
import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TestSandbox;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.checkout.PayClient.Booked;
import io.onsale.ticketing.checkout.PayClient.Prepared;
import io.onsale.ticketing.reservations.HoldClient;
import io.onsale.ticketing.reservations.HoldClient.Held;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** From hold to ticket and back, over HTTP, with real stores and the providers' sandbox. */
class CheckoutJourneyTest extends TicketingTest {

    private HoldClient holds;
    private PayClient pay;
    private TestUser me;
    private TestUser staff;

    @BeforeEach
    void clients() {
        holds = new HoldClient(http);
        pay = new PayClient(http);
        me = buyer();
        staff = user(Role.STAFF);
        TestSandbox.webhooksTo(0);
    }

    private Held held(TestEvent event, String... seats) {
        return holds.held(me, event.performanceId(), seats);
    }

    private Prepared preparing(Held held) {
        return pay.prepared(me, held.reservationId(), held.paymentToken(), "PORTONE");
    }

    private Booked bought(TestEvent event, String... seats) {
        Held held = held(event, seats);
        Prepared payment = preparing(held);
        TestSandbox.press(payment.paymentId(), "approve");
        assertThat(pay.confirmed(me, payment.paymentId())).containsEntry("status", "SUCCESS");
        return withTickets(held.reservationId(), seats.length);
    }

    private Booked withTickets(String reservationId, int count) {
        return pay.await(
                me,
                reservationId,
                booked -> booked.status().equals("CONFIRMED")
                        && booked.ticketIds().size() == count);
    }

    private void expire(String reservationId) {
        database.sql("UPDATE reservations.reservations SET expires_at = now() - interval '1 s' WHERE id = $1")
                .bind(0, reservationId)
                .then()
                .block();
        pay.await(me, reservationId, booked -> booked.status().equals("EXPIRED"));
    }

    @Test
    void aBuyerHoldsPaysAndGoesInOnce() throws Exception {
        TestEvent event = events().create(Plan.simple());
        Booked booked = bought(event, seat(1, 1), seat(1, 2));
        assertThat(booked.amount()).isEqualTo(100_000);
        assertThat(holds.seats(event.performanceId()).sold()).containsExactlyInAnyOrder(seat(1, 1), seat(1, 2));

        String code = QrReader.read(pay.qr(me, booked.ticketIds().get(0)));
        pay.checkIn(me, code).expectStatus().isForbidden();
        assertThat(PayClient.json(pay.checkIn(staff, code).expectStatus().isOk()))
                .containsEntry("status", "USED");
        assertThat(HoldClient.problem(pay.checkIn(staff, code), 409)).containsEntry("code", "ALREADY_USED");
        String number = (String) booked.tickets().get(1).get("number");
        pay.checkIn(staff, number.replace('-', ' ')).expectStatus().isOk();
        assertThat(HoldClient.problem(pay.checkIn(staff, code.replace("OST1", "OST2")), 422))
                .containsEntry("code", "TICKET_CODE_INVALID");
    }

    @Test
    void twoGatesAtTheSameMomentLetOneIn() throws Exception {
        Booked booked = bought(events().create(Plan.simple()), seat(1, 1));
        String code = QrReader.read(pay.qr(me, booked.ticketIds().get(0)));
        List<Integer> answers = Flux.range(0, 8)
                .flatMap(gate -> Mono.fromCallable(() -> pay.checkIn(staff, code)
                                .returnResult(String.class)
                                .getStatus()
                                .value())
                        .subscribeOn(Schedulers.boundedElastic()))
                .collectList()
                .block();
        assertThat(answers)
                .containsOnlyOnce(200)
                .filteredOn(status -> status == 409)
                .hasSize(7);
    }

    @Test
    void aDeclinedBuyerMayTryAgainUntilTheEnd() {
        Held held = held(events().create(Plan.simple()), seat(1, 1));
        Prepared first = preparing(held);
        TestSandbox.press(first.paymentId(), "decline");
        assertThat(pay.confirmed(me, first.paymentId())).containsEntry("status", "FAILED");
        Booked again =
                pay.await(me, held.reservationId(), booked -> booked.status().equals("PENDING"));
        Prepared next = pay.prepared(me, held.reservationId(), again.paymentToken(), "PORTONE");
        assertThat(next.paymentId()).isNotEqualTo(first.paymentId());
        TestSandbox.press(next.paymentId(), "approve");
        pay.confirmed(me, next.paymentId());
        withTickets(held.reservationId(), 1);
    }

    @Test
    void kakaoPayTakesTheMoneyInOurApprove() {
        Held held = held(events().create(Plan.simple()), seat(1, 1));
        Prepared payment = pay.prepared(me, held.reservationId(), held.paymentToken(), "KAKAOPAY");
        assertThat(payment.checkout()).containsEntry("type", "REDIRECT");
        Map<String, Object> answer = PayClient.json(WebTestClient.bindToServer()
                .baseUrl((String) payment.checkout().get("redirectUrl") + "/approve")
                .build()
                .post()
                .exchange());
        pay.confirm(me, payment.paymentId(), Map.of("pgToken", (String) answer.get("pg_token")))
                .expectStatus()
                .isOk();
        Booked booked = withTickets(held.reservationId(), 1);
        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted();
        pay.awaitPayment(me, payment.paymentId(), "REFUNDED");
    }

    @Test
    void whatIsFreeGoesTheSameWay() {
        Held held = held(events().create(Plan.simple().amount(0)), seat(1, 1));
        Prepared payment = pay.prepared(me, held.reservationId(), held.paymentToken(), "FREE");
        assertThat(payment.checkout()).containsEntry("type", "NONE");
        assertThat(PayClient.json(pay.confirm(me, payment.paymentId(), Map.of())))
                .containsEntry("status", "SUCCESS");
        Booked booked = withTickets(held.reservationId(), 1);
        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted();
        pay.await(me, booked.reservationId(), now -> now.status().equals("CANCELLED"));
    }

    /** The tab was closed on the provider's page: only its webhooks tell, ten times. */
    @Test
    void aBuyerWhoNeverComesBackGetsTicketsByWebhook() {
        Held held = held(events().create(Plan.simple()), seat(1, 1));
        Prepared payment = preparing(held);
        TestSandbox.webhooksTo(port);
        TestSandbox.fault(Map.of(
                "kind",
                "WEBHOOK_REPEAT",
                "operation",
                "webhook",
                "paymentId",
                payment.paymentId(),
                "webhookCopies",
                10));
        TestSandbox.press(payment.paymentId(), "approve");
        withTickets(held.reservationId(), 1);
        assertThat(pay.payment(me, payment.paymentId())).containsEntry("status", "SUCCESS");
    }

    @Test
    void lateMoneyTakesTheSeatsAgainIfTheyAreFree() {
        Held held = held(events().create(Plan.simple()), seat(1, 1));
        Prepared payment = preparing(held);
        expire(held.reservationId());
        TestSandbox.press(payment.paymentId(), "approve");
        pay.confirmed(me, payment.paymentId());
        withTickets(held.reservationId(), 1);
    }

    @Test
    void lateMoneyGoesBackIfTheSeatsAreGone() {
        TestEvent event = events().create(Plan.simple());
        Held held = held(event, seat(1, 1));
        Prepared payment = preparing(held);
        expire(held.reservationId());
        holds.held(user(Role.BUYER), event.performanceId(), seat(1, 1));
        TestSandbox.press(payment.paymentId(), "approve");
        pay.confirmed(me, payment.paymentId());
        pay.awaitPayment(me, payment.paymentId(), "REFUNDED");
        assertThat(TestSandbox.atPortOne(payment.paymentId())).containsExactly(50_000, 50_000);
        assertThat(pay.booking(me, held.reservationId()).ticketIds()).isEmpty();
    }

    @Test
    void aSecondCaptureGoesBack() {
        Held held = held(events().create(Plan.simple()), seat(1, 1));
        Prepared first = preparing(held);
        pay.prepared(me, held.reservationId(), held.paymentToken(), "KAKAOPAY");
        Prepared second = pay.prepared(me, held.reservationId(), held.paymentToken(), "PORTONE");
        assertThat(second.paymentId()).isNotEqualTo(first.paymentId());
        TestSandbox.press(second.paymentId(), "approve");
        pay.confirmed(me, second.paymentId());
        Booked booked = withTickets(held.reservationId(), 1);
        // The first window was still open in another tab.
        TestSandbox.webhooksTo(port);
        TestSandbox.press(first.paymentId(), "approve");
        pay.awaitPayment(me, first.paymentId(), "REFUNDED");
        assertThat(booked.paymentId()).isEqualTo(second.paymentId());
        assertThat(TestSandbox.atPortOne(second.paymentId())).containsExactly(50_000, 0);
    }

    @Test
    void givingBackEndsTheTicketsAtOnceAndFreesTheSeats() {
        TestEvent event = events().create(Plan.simple());
        Booked booked = bought(event, seat(1, 1), seat(1, 2));
        assertThat(PayClient.json(
                        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted()))
                .containsEntry("refundAmount", 100_000)
                .containsEntry("fee", 0);
        assertThat(pay.booking(me, booked.reservationId()).tickets())
                .allMatch(ticket -> ticket.get("status").equals("REFUNDED"));
        pay.await(me, booked.reservationId(), now -> now.status().equals("CANCELLED"));
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 100_000);
        assertThat(holds.seats(event.performanceId()).sold()).isEmpty();
        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted();
        holds.held(user(Role.BUYER), event.performanceId(), seat(1, 1));
    }

    @Test
    void oneTicketMayGoBackAndTheOthersStay() {
        TestEvent event = events().create(Plan.simple());
        Booked booked = bought(event, seat(1, 1), seat(1, 2));
        String given = (String) booked.tickets().get(0).get("seatId");
        String kept = (String) booked.tickets().get(1).get("seatId");
        pay.refund(me, booked.reservationId(), List.of(booked.ticketIds().get(0)))
                .expectStatus()
                .isAccepted();
        Booked rest = pay.await(me, booked.reservationId(), now -> now.amount() == 50_000);
        assertThat(rest.status()).isEqualTo("CONFIRMED");
        assertThat(holds.seats(event.performanceId()).sold()).containsExactly(kept);
        assertThat(HoldClient.problem(
                        pay.refund(
                                me,
                                booked.reservationId(),
                                List.of(booked.ticketIds().get(0))),
                        409))
                .containsEntry("code", "TICKET_VOID");
        holds.held(user(Role.BUYER), event.performanceId(), given);
        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted();
        pay.awaitPayment(me, booked.paymentId(), "REFUNDED");
    }

    @Test
    void aUsedTicketStaysSold() throws Exception {
        Booked booked = bought(events().create(Plan.simple()), seat(1, 1));
        pay.checkIn(staff, QrReader.read(pay.qr(me, booked.ticketIds().get(0))));
        assertThat(HoldClient.problem(pay.cancel(me, booked.reservationId()), 409))
                .containsEntry("code", "TICKET_USED");
        assertThat(pay.booking(me, booked.reservationId()).status()).isEqualTo("CONFIRMED");
    }

    @Test
    void aCancelledEventGivesEverythingBack() {
        TestEvent event = events().create(Plan.simple());
        List<Booked> all = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> bought(event, seat(1, number)))
                .toList();
        http.post()
                .uri("/api/v1/events/{id}/cancel", event.id())
                .headers(event.seller()::authorize)
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
        all.forEach(booked ->
                pay.await(me, booked.reservationId(), now -> now.status().equals("CANCELLED")));
        all.forEach(
                booked -> assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(50_000, 50_000));
    }

    @Test
    void theSameRequestTwiceIsOnePayment() {
        Held held = held(events().create(Plan.simple()), seat(1, 1));
        String key = Ids.next();
        var body = Map.of(
                "reservationId", held.reservationId(), "paymentToken", held.paymentToken(), "provider", "PORTONE");
        List<Object> ids = IntStream.range(0, 2)
                .mapToObj(any -> PayClient.json(http.post()
                                .uri("/api/v1/payments")
                                .headers(me::authorize)
                                .header("Idempotency-Key", key)
                                .bodyValue(body)
                                .exchange()
                                .expectStatus()
                                .isCreated())
                        .get("paymentId"))
                .toList();
        assertThat(ids.get(0)).isEqualTo(ids.get(1));
    }

    @Test
    void nobodySeesOrTouchesWhatBelongsToAnother() {
        Booked booked = bought(events().create(Plan.simple()), seat(1, 1));
        TestUser other = buyer();
        for (String path : List.of(
                "/api/v1/reservations/" + booked.reservationId(),
                "/api/v1/reservations/" + booked.reservationId() + "/refund-quote",
                "/api/v1/payments/" + booked.paymentId(),
                "/api/v1/tickets/" + booked.ticketIds().get(0),
                "/api/v1/tickets/" + booked.ticketIds().get(0) + "/qr")) {
            http.get()
                    .uri(path)
                    .headers(other::authorize)
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        pay.cancel(other, booked.reservationId()).expectStatus().isNotFound();
        pay.confirm(other, booked.paymentId(), Map.of()).expectStatus().isNotFound();
        Held held = held(events().create(Plan.simple()), seat(1, 1));
        pay.pay(other, held.reservationId(), held.paymentToken(), "PORTONE")
                .expectStatus()
                .isNotFound();
    }

    @Test
    void badInputHasACodeOfItsOwn() {
        Held held = held(events().create(Plan.simple()), seat(1, 1));
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"reservationId\":1,\"paymentToken\":\"x\",\"provider\":\"PORTONE\"}",
                "{\"reservationId\":\"x\",\"paymentToken\":\"x\",\"provider\":\"CASH\"}",
                "{\"reservationId\":\"x\",\"paymentToken\":\"x\",\"provider\":\"PORTONE\",\"amount\":1}")) {
            http.post()
                    .uri("/api/v1/payments")
                    .headers(me::authorize)
                    .header("Idempotency-Key", Ids.next())
                    .header("Content-Type", "application/json")
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
        pay.pay(me, held.reservationId(), held.paymentToken(), "FREE")
                .expectStatus()
                .isEqualTo(422);
        pay.pay(me, held.reservationId(), "forged", "PORTONE").expectStatus().isForbidden();
        pay.pay(me, Ids.next(), held.paymentToken(), "PORTONE").expectStatus().isNotFound();
        pay.cancel(me, held.reservationId()).expectStatus().isEqualTo(409);
        http.post()
                .uri("/api/v1/payments/webhooks/portone")
                .bodyValue(Map.of("type", "Transaction.Paid", "data", Map.of("paymentId", "x")))
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }
}
