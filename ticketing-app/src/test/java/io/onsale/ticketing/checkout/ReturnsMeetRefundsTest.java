package io.onsale.ticketing.checkout;

import static io.onsale.ticketing.TestEvents.TestEvent.seat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.onsale.platform.Ids;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TestSandbox;
import io.onsale.ticketing.checkout.PayClient.Booked;
import io.onsale.ticketing.reservations.HoldClient;
import io.onsale.ticketing.reservations.HoldClient.Held;
import io.onsale.ticketing.tickets.Tickets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Money that went back by hand, and refunds of ours on the same payment: nobody is paid twice, and nothing waits for ever. */
class ReturnsMeetRefundsTest extends ReturnedMoney {

    @Autowired
    Tickets tickets;

    private Booked twoSeats(TestEvent event) {
        return bought(event, seat(1, 1), seat(1, 2));
    }

    private Booked twoSeats() {
        return twoSeats(events().create(Plan.simple()));
    }

    private void isRefused(Booked booked) {
        assertThat(HoldClient.problem(pay.cancel(me, booked.reservationId()), 409))
                .containsEntry("code", "REFUND_UNDER_WAY");
    }

    /** From the moment the money is known to be back, before the question is even written down. */
    @Test
    @Execution(CONCURRENT)
    void nobodyIsPaidTwiceWhileAQuestionIsOpen() {
        Booked booked = twoSeats();
        TestSandbox.giveBackByHand(booked.paymentId(), 45_000);
        pay.awaitPayment(me, booked.paymentId(), "PARTIALLY_REFUNDED");
        isRefused(booked);
        Map<?, ?> question = question(booked);
        isRefused(booked);
        List<String> ticket = List.of(booked.ticketIds().get(0));
        HoldClient.problem(pay.refund(me, booked.reservationId(), ticket), 409);
        decide(user(Role.ADMIN), question.get("refundId"), ticket)
                .expectStatus()
                .isOk();
        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted();
        awaitCancelled(booked);
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 95_000);
        booksAgree(booked);
    }

    /** The provider refuses a refund that counts on money which is not there any more; it goes through once somebody has spoken. */
    @Test
    @Execution(CONCURRENT)
    void aRefundThatMeetsMoneyGivenBackByHandWaitsForTheAnswer() {
        Booked booked = twoSeats();
        TestSandbox.silence(booked.paymentId());
        TestSandbox.giveBackByHand(booked.paymentId(), 10_000);
        pay.refund(me, booked.reservationId(), List.of(booked.ticketIds().get(0)))
                .expectStatus()
                .isAccepted();
        Object refundId = question(booked).get("refundId");
        TestUser operator = user(Role.ADMIN);
        assertThat(HoldClient.problem(
                        decide(operator, refundId, List.of(booked.ticketIds().get(1))), 409))
                .containsEntry("code", "REFUND_UNDER_WAY");
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 10_000);
        decide(operator, refundId, List.of()).expectStatus().isOk();
        pay.await(me, booked.reservationId(), now -> now.amount() == 50_000);
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 60_000);
        booksAgree(booked);
    }

    /** Somebody did by hand a part of what the provider had refused us: only the rest follows. */
    @Test
    @Execution(CONCURRENT)
    void whatWasMeantForARefusedRefundIsAPartOfIt() {
        Booked booked = twoSeats();
        List<String> ticket = List.of(booked.ticketIds().get(0));
        TestSandbox.silence(booked.paymentId());
        TestSandbox.giveBackByHand(booked.paymentId(), 45_000);
        pay.refund(me, booked.reservationId(), ticket).expectStatus().isAccepted();
        Object refundId = question(booked).get("refundId");
        assertThat(HoldClient.problem(retry(booked), 409)).containsEntry("code", "RETURN_UNDECIDED");
        decide(user(Role.ADMIN), refundId, ticket).expectStatus().isOk();
        pay.await(me, booked.reservationId(), now -> now.amount() == 50_000);
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 50_000);
        booksAgree(booked);
    }

    /** An operator asks again for the refund that the provider has refused. */
    private ResponseSpec retry(Booked booked) {
        String path = "/api/v1/admin/refused-refunds";
        TestUser operator = user(Role.ADMIN);
        List<?> refused = (List<?>) PayClient.json(http.get()
                        .uri(path + "?limit=1000")
                        .headers(operator::authorize)
                        .exchange())
                .get("items");
        Object id = refused.stream()
                .map(item -> (Map<?, ?>) item)
                .filter(item -> item.get("paymentId").equals(booked.paymentId()))
                .map(item -> item.get("id"))
                .findFirst()
                .orElseThrow();
        return http.post()
                .uri(path + "/{id}/retry", id)
                .headers(operator::authorize)
                .exchange();
    }

    /** A person did by hand what the provider had refused us. */
    @Test
    @Execution(CONCURRENT)
    void aRefusedRefundIsDoneByHand() {
        Booked booked = bought(events().create(Plan.simple()), seat(1, 1));
        TestSandbox.silence(booked.paymentId());
        TestSandbox.giveBackByHand(booked.paymentId(), 50_000);
        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted();
        awaitCancelled(booked);
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(50_000, 50_000);
        booksAgree(booked);
    }

    @Test
    @Execution(CONCURRENT)
    void aRefundOfMoreThanIsLeftIsCutToIt() {
        Booked booked = twoSeats();
        TestSandbox.silence(booked.paymentId());
        TestSandbox.giveBackByHand(booked.paymentId(), 30_000);
        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted();
        awaitCancelled(booked);
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 100_000);
        booksAgree(booked);
        assertThat(openReturns(booked)).isZero();
    }

    /** By hand, piece by piece, so that no piece is as much as the refund. */
    @Test
    @Execution(CONCURRENT)
    void aRefundOfWhichNothingIsLeftIsOver() {
        Booked booked = twoSeats();
        TestSandbox.silence(booked.paymentId());
        TestSandbox.giveBackByHand(booked.paymentId(), 30_000);
        pay.refund(me, booked.reservationId(), List.of(booked.ticketIds().get(0)))
                .expectStatus()
                .isAccepted();
        question(booked);
        TestSandbox.hear(booked.paymentId());
        TestSandbox.giveBackByHand(booked.paymentId(), 40_000);
        pay.await(me, booked.reservationId(), now -> refunded(booked) == 70_000);
        TestSandbox.giveBackByHand(booked.paymentId(), 30_000);
        awaitCancelled(booked);
        pay.await(me, booked.reservationId(), now -> openReturns(booked) == 0);
        booksAgree(booked);
    }

    private long refunded(Booked booked) {
        return ((Number) pay.payment(me, booked.paymentId()).get("refundedAmount")).longValue();
    }

    /** What the buyer was allowed to keep is not given a second time. */
    @Test
    @Execution(CONCURRENT)
    void whatTheHouseBoreIsMissingFromALaterRefund() {
        Booked booked = twoSeats();
        houseBears(booked, 30_000);
        Map<String, Object> quote = PayClient.json(http.get()
                .uri("/api/v1/reservations/{id}/refund-quote", booked.reservationId())
                .headers(me::authorize)
                .exchange());
        assertThat(quote).containsEntry("refundAmount", 70_000).containsEntry("fee", 30_000);
        assertThat(PayClient.json(
                        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted()))
                .containsEntry("refundAmount", 70_000);
        awaitCancelled(booked);
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 100_000);
        booksAgree(booked);
    }

    private void houseBears(Booked booked, long amount) {
        TestSandbox.giveBackByHand(booked.paymentId(), amount);
        decide(user(Role.ADMIN), question(booked).get("refundId"), List.of())
                .expectStatus()
                .isOk();
    }

    /** Not even refunds that have been stuck for long stand in the way of a cancelled event's others. */
    @Test
    @Execution(CONCURRENT)
    void aCancelledEventGivesBackWhatIsLeftBehindFiftyStuckRefunds() {
        TestEvent event = events().create(Plan.simple());
        Booked booked = twoSeats(event);
        houseBears(booked, 30_000);
        database.sql("INSERT INTO checkout.cancellations (id, reservation_id, event_id, refund_id, whole, seat_ids,"
                        + " refund_amount, fee, reason, requested_at) SELECT $1 || n, $1 || n, $2, $1 || n, true, '{}', 1,"
                        + " 0, 'EVENT_CANCELLED', now() - interval '1 hour' FROM generate_series(1, 50) n")
                .bind(0, Ids.next())
                .bind(1, event.id())
                .then()
                .block();
        cancelled(event);
        awaitCancelled(booked);
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 100_000);
        booksAgree(booked);
    }

    /** The buyer, a person and the console at the same moment, in every order: one after the other, and the books agree. */
    @RepeatedTest(3)
    @Execution(CONCURRENT)
    void allWaysBackAtOnce() {
        Booked booked = twoSeats();
        TestSandbox.giveBackByHand(booked.paymentId(), 20_000);
        Object refundId = question(booked).get("refundId");
        List<String> first = List.of(booked.ticketIds().get(0));
        List<String> second = List.of(booked.ticketIds().get(1));
        TestUser operator = user(Role.ADMIN);
        Stream.<Runnable>of(
                        () -> pay.cancel(me, booked.reservationId()),
                        () -> pay.refund(me, booked.reservationId(), first),
                        () -> decide(operator, refundId, second),
                        () -> decide(operator, refundId, first),
                        () -> TestSandbox.giveBackByHand(booked.paymentId(), 10_000),
                        () -> pay.cancel(me, booked.reservationId()))
                .map(CompletableFuture::runAsync)
                .toList()
                .forEach(CompletableFuture::join);
        pay.await(me, booked.reservationId(), now -> {
            answerAll(booked);
            return now.status().equals("CANCELLED")
                    || pay.cancel(me, booked.reservationId())
                            .expectBody()
                            .returnResult()
                            .getStatus()
                            .is2xxSuccessful();
        });
        awaitCancelled(booked);
        pay.await(me, booked.reservationId(), now -> openReturns(booked) == 0);
        booksAgree(booked);
    }

    private void answerAll(Booked booked) {
        database.sql(
                        "SELECT refund_id FROM checkout.returns WHERE payment_id = $1 AND question IS NOT NULL AND settled_at"
                                + " IS NULL")
                .bind(0, booked.paymentId())
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block()
                .forEach(refundId -> decide(user(Role.ADMIN), refundId, List.of()));
    }

    @Test
    void whatWasNeverPaidCannotBeCancelled() {
        Held held = holds.held(me, events().create(Plan.simple()).performanceId(), seat(1, 1));
        holds.release(me, held.reservationId()).expectStatus().isNoContent();
        assertThat(HoldClient.problem(pay.cancel(me, held.reservationId()), 409))
                .containsEntry("code", "NOT_CANCELLABLE");
    }

    @Test
    void noTicketsAreVoidedQuietly() {
        assertThat(tickets.voidSeats("none", Set.of()).thenReturn(true).block(Duration.ofSeconds(5)))
                .isTrue();
    }
}
