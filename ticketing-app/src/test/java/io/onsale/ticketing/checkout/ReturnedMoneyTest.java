package io.onsale.ticketing.checkout;

import static io.onsale.ticketing.TestEvents.TestEvent.seat;
import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TestSandbox;
import io.onsale.ticketing.checkout.PayClient.Booked;
import io.onsale.ticketing.checkout.PayClient.Prepared;
import io.onsale.ticketing.reservations.HoldClient;
import io.onsale.ticketing.reservations.HoldClient.Held;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody gives money back at the provider's console, and the shop is not asked. */
class ReturnedMoneyTest extends ReturnedMoney {

    @Test
    void allOfItEndsTheBookingByItself() {
        TestEvent event = events().create(Plan.simple());
        Booked booked = bought(event, seat(1, 1), seat(1, 2));
        TestSandbox.giveBackByHand(booked.paymentId(), 100_000);
        Booked over = pay.await(me, booked.reservationId(), now -> now.status().equals("CANCELLED"));
        assertThat(over.tickets()).allMatch(ticket -> ticket.get("status").equals("REFUNDED"));
        assertThat(pay.payment(me, booked.paymentId())).containsEntry("status", "REFUNDED");
        booksAgree(booked);
        holds.held(user(Role.BUYER), event.performanceId(), seat(1, 1), seat(1, 2));
    }

    @Test
    void aPartOfItWaitsForSomebodyToSayWhichTickets() {
        TestEvent event = events().create(Plan.simple());
        Booked booked = bought(event, seat(1, 1), seat(1, 2));
        TestSandbox.giveBackByHand(booked.paymentId(), 45_000);
        Map<?, ?> question = question(booked);
        assertThat(question.get("question")).isEqualTo("PART_OF_IT");
        assertThat(question.get("amount")).isEqualTo(45_000);
        assertThat(pay.payment(me, booked.paymentId())).containsEntry("status", "PARTIALLY_REFUNDED");
        Object refundId = question.get("refundId");

        String ticket = booked.ticketIds().get(0);
        decide(me, refundId, List.of(ticket)).expectStatus().isForbidden();
        TestUser operator = user(Role.ADMIN);
        assertThat(HoldClient.problem(decide(operator, refundId, List.of("another")), 422))
                .containsEntry("code", "TICKETS_NOT_OF_RESERVATION");
        assertThat(PayClient.json(decide(operator, refundId, List.of(ticket))
                        .expectStatus()
                        .isOk()))
                .containsEntry("status", "CONFIRMED");
        assertThat(pay.booking(me, booked.reservationId()).amount()).isEqualTo(50_000);
        assertThat(holds.seats(event.performanceId()).sold()).hasSize(1);
        booksAgree(booked);
        assertThat(HoldClient.problem(decide(operator, refundId, List.of()), 404))
                .containsEntry("code", "RETURN_NOT_FOUND");
        // The rest is the buyer's to give back: less the 5,000 that stayed with the house.
        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted();
        pay.await(me, booked.reservationId(), now -> now.status().equals("CANCELLED"));
        booksAgree(booked);
    }

    @Test
    void whoWasInsideKeepsTheTicketAndTheHouseBearsIt() throws Exception {
        Booked booked = bought(events().create(Plan.simple()), seat(1, 1));
        pay.checkIn(
                        user(Role.STAFF),
                        QrReader.read(pay.qr(me, booked.ticketIds().get(0))))
                .expectStatus()
                .isOk();
        TestSandbox.giveBackByHand(booked.paymentId(), 50_000);
        Map<?, ?> question = question(booked);
        assertThat(question.get("question")).isEqualTo("TICKET_USED");
        assertThat(HoldClient.problem(decide(user(Role.ADMIN), question.get("refundId"), booked.ticketIds()), 409))
                .containsEntry("code", "TICKET_USED");
        decide(user(Role.ADMIN), question.get("refundId"), List.of())
                .expectStatus()
                .isOk();
        assertThat(pay.booking(me, booked.reservationId()).status()).isEqualTo("CONFIRMED");
        booksAgree(booked);
    }

    /** Nobody has decided yet, and the event is called off: what is left goes back, and that was all. */
    @Test
    void aCancelledEventTakesAnOpenQuestionWithIt() {
        TestEvent event = events().create(Plan.simple());
        Booked booked = bought(event, seat(1, 1), seat(1, 2));
        TestSandbox.giveBackByHand(booked.paymentId(), 30_000);
        question(booked);
        cancelled(event);
        awaitCancelled(booked);
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 100_000);
        booksAgree(booked);
        assertThat(openReturns(booked)).isZero();
    }

    /** Given back by hand before we ever heard that it had been paid: no sale, so nothing lost on one. */
    @Test
    void moneyThatBoughtNothingCostsNothing() {
        TestEvent event = events().create(Plan.simple());
        Held held = holds.held(me, event.performanceId(), seat(1, 1));
        Prepared payment = pay.prepared(me, held.reservationId(), held.paymentToken(), "PORTONE");
        TestSandbox.webhooksTo(0);
        TestSandbox.press(payment.paymentId(), "approve");
        TestSandbox.giveBackByHand(payment.paymentId(), 50_000);
        pay.confirm(me, payment.paymentId(), Map.of("paymentId", payment.paymentId()));
        pay.awaitPayment(me, payment.paymentId(), "REFUNDED");
        String settled = "SELECT count(*) FROM checkout.returns WHERE settled_at IS NOT NULL AND payment_id = $1";
        pay.await(me, held.reservationId(), now -> number(settled, payment.paymentId()) == 1);
        String ledger =
                "SELECT coalesce(sum(amount), 0)::bigint FROM payments.ledger WHERE payment_id = $1 AND account ";
        assertThat(number(ledger + "LIKE 'provider:%'", payment.paymentId())).isZero();
        assertThat(number(ledger + "NOT LIKE 'provider:%'", payment.paymentId()))
                .isZero();
        assertThat(number(ledger + "LIKE 'sales:%'", payment.paymentId())).isZero();
        assertThat(number("SELECT sum(fee)::bigint FROM payments.refunds WHERE payment_id = $1", payment.paymentId()))
                .isZero();
    }

    @Test
    void onlyAdministratorsSeeWhatProvidersRefused() {
        String path = "/api/v1/admin/refused-refunds";
        http.get()
                .uri(path)
                .headers(user(Role.ADMIN)::authorize)
                .exchange()
                .expectStatus()
                .isOk();
        http.get().uri(path).headers(me::authorize).exchange().expectStatus().isForbidden();
        assertThat(HoldClient.problem(
                        http.post()
                                .uri(path + "/none/retry")
                                .headers(user(Role.ADMIN)::authorize)
                                .exchange(),
                        404))
                .containsEntry("code", "REFUND_NOT_FOUND");
    }
}
