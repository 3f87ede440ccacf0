package io.onsale.ticketing.checkout;

import static io.onsale.ticketing.TestEvents.TestEvent.seat;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Somebody gives money back at the provider's console, and the shop is not asked. */
class ReturnedMoneyTest extends TicketingTest {

    private static final String ADMIN = "/api/v1/admin/returned-payments";

    private HoldClient holds;
    private PayClient pay;
    private TestUser me;

    @BeforeEach
    void clients() {
        holds = new HoldClient(http);
        pay = new PayClient(http);
        me = buyer();
        TestSandbox.webhooksTo(port);
    }

    @AfterEach
    void noMoreWebhooks() {
        TestSandbox.webhooksTo(0);
    }

    private Booked bought(TestEvent event, String... seats) {
        Held held = holds.held(me, event.performanceId(), seats);
        Prepared payment = pay.prepared(me, held.reservationId(), held.paymentToken(), "PORTONE");
        TestSandbox.press(payment.paymentId(), "approve");
        pay.confirmed(me, payment.paymentId());
        return pay.await(me, held.reservationId(), booked -> booked.ticketIds().size() == seats.length);
    }

    /** What auditors ask of every payment: the money kept is the price of the seats that are still sold, and fees. */
    private void booksAgree(Booked booked) {
        long kept = number("SELECT captured - refunded FROM payments.payments WHERE id = $1", booked.paymentId());
        long worth = number(
                "SELECT coalesce(sum(amount), 0)::bigint FROM reservations.claims WHERE live AND reservation_id = $1",
                booked.reservationId());
        long fees = number(
                "SELECT coalesce(sum(fee), 0)::bigint FROM payments.refunds WHERE payment_id = $1 AND state ="
                        + " 'SUCCEEDED'",
                booked.paymentId());
        assertThat(kept).isEqualTo(worth + fees);
        String ledger = "SELECT coalesce(sum(amount), 0)::bigint FROM payments.ledger WHERE payment_id = $1";
        assertThat(number(ledger + " AND account LIKE 'provider:%'", booked.paymentId()))
                .isEqualTo(kept);
        assertThat(number(ledger + " AND account LIKE 'sales:%'", booked.paymentId()))
                .isEqualTo(-worth);
        assertThat(number(ledger, booked.paymentId())).isZero();
    }

    private long number(String sql, String id) {
        return Objects.requireNonNull(database.sql(sql)
                .bind(0, id)
                .map(row -> row.get(0, Long.class))
                .one()
                .block());
    }

    /** The question about this payment, once there is one. */
    private Map<?, ?> question(Booked booked) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() < end) {
            List<?> items = (List<?>) PayClient.json(http.get()
                            .uri(ADMIN)
                            .headers(user(Role.ADMIN)::authorize)
                            .exchange()
                            .expectStatus()
                            .isOk())
                    .get("items");
            for (Object item : items) {
                if (((Map<?, ?>) item).get("paymentId").equals(booked.paymentId())) {
                    return (Map<?, ?>) item;
                }
            }
        }
        throw new AssertionError("nobody is asked about " + booked.paymentId());
    }

    private ResponseSpec decide(TestUser who, Object refundId, Object ticketIds) {
        return http.post()
                .uri(ADMIN + "/{id}/decision", refundId)
                .headers(who::authorize)
                .bodyValue(Map.of("ticketIds", ticketIds, "note", "by telephone"))
                .exchange();
    }

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
        http.post()
                .uri("/api/v1/events/{id}/cancel", event.id())
                .headers(event.seller()::authorize)
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
        pay.await(me, booked.reservationId(), now -> now.status().equals("CANCELLED"));
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 100_000);
        booksAgree(booked);
        assertThat(number(
                        "SELECT count(*) FROM checkout.returns WHERE settled_at IS NULL AND payment_id = $1",
                        booked.paymentId()))
                .isZero();
    }

    /** The provider refuses a refund that counts on money which is not there any more; then it goes through. */
    @Test
    void aRefundThatMeetsMoneyGivenBackByHandGoesThroughAllTheSame() {
        TestEvent event = events().create(Plan.simple());
        Booked booked = bought(event, seat(1, 1), seat(1, 2));
        TestSandbox.webhooksTo(0);
        TestSandbox.giveBackByHand(booked.paymentId(), 10_000);
        pay.refund(me, booked.reservationId(), List.of(booked.ticketIds().get(0)))
                .expectStatus()
                .isAccepted();
        pay.await(me, booked.reservationId(), now -> now.amount() == 50_000);
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(100_000, 60_000);
        decide(user(Role.ADMIN), question(booked).get("refundId"), List.of())
                .expectStatus()
                .isOk();
        booksAgree(booked);
    }

    /** A person did by hand what the provider had refused us. */
    @Test
    void aRefusedRefundIsDoneByHand() {
        Booked booked = bought(events().create(Plan.simple()), seat(1, 1));
        TestSandbox.webhooksTo(0);
        TestSandbox.giveBackByHand(booked.paymentId(), 50_000);
        pay.cancel(me, booked.reservationId()).expectStatus().isAccepted();
        pay.await(me, booked.reservationId(), now -> now.status().equals("CANCELLED"));
        assertThat(TestSandbox.atPortOne(booked.paymentId())).containsExactly(50_000, 50_000);
        booksAgree(booked);
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
