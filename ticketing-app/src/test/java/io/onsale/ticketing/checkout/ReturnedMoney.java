package io.onsale.ticketing.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.tokens.Role;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What tests of money that goes back by hand have in common. */
abstract class ReturnedMoney extends TicketingTest {

    private static final String ADMIN = "/api/v1/admin/returned-payments";

    HoldClient holds;
    PayClient pay;
    TestUser me;

    @BeforeEach
    void clients() {
        holds = new HoldClient(http);
        pay = new PayClient(http);
        me = buyer();
        TestSandbox.webhooksTo(port);
    }

    @AfterAll
    static void noMoreWebhooks() {
        TestSandbox.webhooksTo(0);
    }

    Booked bought(TestEvent event, String... seats) {
        Held held = holds.held(me, event.performanceId(), seats);
        Prepared payment = pay.prepared(me, held.reservationId(), held.paymentToken(), "PORTONE");
        TestSandbox.press(payment.paymentId(), "approve");
        pay.confirmed(me, payment.paymentId());
        return pay.await(me, held.reservationId(), booked -> booked.ticketIds().size() == seats.length);
    }

    /** What auditors ask of every payment: the money kept is the price of the seats that are still sold, and fees. */
    void booksAgree(Booked booked) {
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

    long number(String sql, String id) {
        return Objects.requireNonNull(database.sql(sql)
                .bind(0, id)
                .map(row -> row.get(0, Long.class))
                .one()
                .block());
    }

    /** The question about this payment, once there is one. */
    Map<?, ?> question(Booked booked) {
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
            PayClient.sleep();
        }
        throw new AssertionError("nobody is asked about " + booked.paymentId());
    }

    ResponseSpec decide(TestUser who, Object refundId, Object ticketIds) {
        return http.post()
                .uri(ADMIN + "/{id}/decision", refundId)
                .headers(who::authorize)
                .bodyValue(Map.of("ticketIds", ticketIds, "note", "by telephone"))
                .exchange();
    }

    void cancelled(TestEvent event) {
        http.post()
                .uri("/api/v1/events/{id}/cancel", event.id())
                .headers(event.seller()::authorize)
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
    }

    Booked awaitCancelled(Booked booked) {
        return pay.await(me, booked.reservationId(), now -> now.status().equals("CANCELLED"));
    }

    long openReturns(Booked booked) {
        return number(
                "SELECT count(*) FROM checkout.returns WHERE settled_at IS NULL AND payment_id = $1",
                booked.paymentId());
    }
}
