package io.onsale.ticketing.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;
import static org.junit.jupiter.api.parallel.ResourceAccessMode.READ;

import io.onsale.local.sandbox.SandboxProcess;
import io.onsale.platform.Ids;
import io.onsale.platform.problem.ProblemException;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestSandbox;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.payments.Payments.Order;
import io.onsale.ticketing.payments.Payments.RefundOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Payments against the providers' sandbox. Nobody holds the seats paid for here: the saga may send the money back later. */
class PaymentsTest extends TicketingTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Those who wait for the next try by our own clock hear nothing of the provider meanwhile. */
    private static final String WEBHOOKS = "webhooks";

    @Autowired
    Payments payments;

    @Autowired
    Settlement settlement;

    @Autowired
    TransactionalOperator transaction;

    private final TestUser buyer = new TestUser(Ids.next(), Role.BUYER, "");
    private final String reservationId = Ids.next();

    private PaymentView open(Provider provider, long amount) {
        return payments.open(new Order(reservationId, "event", buyer.id(), "Concert x 2", amount, provider, null))
                .as(transaction::transactional)
                .block(LIMIT);
    }

    private PaymentView prepared() {
        PaymentView payment = open(Provider.PORTONE, 154_000);
        payments.register(payment.paymentId()).block(LIMIT);
        return payment;
    }

    private List<PaymentState> history(String id) {
        return database.sql("SELECT state FROM payments.history WHERE payment_id = $1 ORDER BY version")
                .bind(0, id)
                .map(row -> PaymentState.valueOf(Objects.requireNonNull(row.get("state", String.class))))
                .all()
                .collectList()
                .block(LIMIT);
    }

    private PaymentState confirm(String id) {
        return settlement
                .confirm(id, buyer.id(), Map.of("paymentId", id))
                .block(LIMIT)
                .state();
    }

    private static void fault(String kind, String operation, String paymentId, int times) {
        TestSandbox.fault(Map.of("kind", kind, "operation", operation, "paymentId", paymentId, "times", times));
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(50);
        }
    }

    @Test
    void theCheckoutIsWhereTheSandboxIs() {
        PaymentView payment = open(Provider.PORTONE, 154_000);
        Checkout checkout = payments.register(payment.paymentId()).block(LIMIT);
        assertThat(checkout.type()).isEqualTo(Checkout.Type.SDK);
        assertThat(checkout.redirectUrl()).isEqualTo(TestSandbox.baseUrl() + "/checkout/" + payment.paymentId());
        assertThat(checkout.parameters())
                .containsEntry("totalAmount", 154_000L)
                .containsEntry("storeId", SandboxProcess.STORE_ID)
                .containsEntry("channelKey", SandboxProcess.CHANNEL_KEY);
    }

    @Test
    void anApprovedPaymentIsASuccessInTheBooksAndInTheNews() {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        assertThat(confirm(id)).isEqualTo(PaymentState.SUCCESS);
        assertThat(history(id)).startsWith(PaymentState.READY, PaymentState.PENDING, PaymentState.SUCCESS);
        assertThat(database.sql("SELECT account, amount FROM payments.ledger WHERE posting = 'capture:' || $1 ORDER BY"
                                + " 1")
                        .bind(0, id)
                        .map(row -> row.get(0, String.class) + "=" + row.get(1, Long.class))
                        .all()
                        .collectList()
                        .block(LIMIT))
                .containsExactly("provider:PORTONE=154000", "sales:event=-154000");
        assertThat(events(reservationId)).contains("PaymentSuccess");
    }

    private List<String> events(String key) {
        return database.sql("SELECT event_type FROM platform.outbox WHERE key = $1 ORDER BY seq")
                .bind(0, key)
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block(LIMIT);
    }

    @Test
    void aDeclinedPaymentFailsAndAnotherMayFollow() {
        String id = prepared().paymentId();
        TestSandbox.press(id, "decline");
        assertThat(confirm(id)).isEqualTo(PaymentState.FAILED);
        assertThat(events(reservationId)).contains("PaymentFailed");
        assertThat(open(Provider.PORTONE, 154_000).paymentId()).isNotEqualTo(id);
    }

    @Test
    void askingToPayTwiceIsOnePayment() {
        assertThat(open(Provider.PORTONE, 5_000).paymentId())
                .isEqualTo(open(Provider.PORTONE, 5_000).paymentId());
    }

    @Test
    void manyConfirmationsAtOnceAreOneCapture() {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        Flux.range(0, 10)
                .flatMap(any -> settlement.confirm(id, buyer.id(), Map.of()))
                .blockLast(LIMIT);
        assertThat(events(reservationId).stream().filter("PaymentSuccess"::equals))
                .hasSize(1);
    }

    @Test
    void nobodyConfirmsThePaymentOfAnother() {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        assertThatThrownBy(() -> settlement.confirm(id, Ids.next(), Map.of()).block(LIMIT))
                .hasMessageContaining("PAYMENT_NOT_FOUND");
        assertThat(history(id)).containsExactly(PaymentState.READY);
    }

    /** The buyer's own question comes first: a webhook only makes sure that somebody asks. */
    @Test
    @Execution(CONCURRENT)
    @ResourceLock(value = WEBHOOKS, mode = READ)
    void aWebhookHasTheProviderAskedInAMoment() throws InterruptedException {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        TestSandbox.fault(Map.of("kind", "SLOW", "operation", "portone.get", "paymentId", id, "delayMillis", 3_000));
        settlement.checkSoon(id).block(LIMIT);
        assertThat(history(id)).containsExactly(PaymentState.READY);
        assertThat(plans(id).get(1)).as("seconds, or the lease of who asks").isBetween(-1L, 30L);
        await("asked", () -> history(id).contains(PaymentState.SUCCESS));
        settlement.checkSoon(id).block(LIMIT);
        assertThat(plans(id).get(1)).as("nothing is left to ask").isNull();
    }

    /** Nobody sends it again: it was heard. */
    @Test
    @Execution(CONCURRENT)
    @ResourceLock(value = WEBHOOKS, mode = READ)
    void aWebhookIsNotForgottenWhileTheProviderIsAway() throws InterruptedException {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        fault("DROP", "portone.get", id, 2);
        settlement.checkSoon(id).block(LIMIT);
        await("asked until there was an answer", () -> history(id).contains(PaymentState.SUCCESS));
    }

    @Test
    @Execution(CONCURRENT)
    @ResourceLock(value = WEBHOOKS, mode = READ)
    void aConfirmationWithoutAnAnswerIsUnknownAndResolvedByItself() throws InterruptedException {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        fault("DROP", "portone.get", id, 2);
        assertThat(confirm(id)).isEqualTo(PaymentState.UNKNOWN);
        await("asked again", () -> history(id).contains(PaymentState.SUCCESS));
    }

    @Test
    @Execution(CONCURRENT)
    @ResourceLock(value = WEBHOOKS, mode = READ)
    void aBuyerWhoHangsUpIsStillServed() throws InterruptedException {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        TestSandbox.fault(Map.of("kind", "SLOW", "operation", "portone.get", "paymentId", id, "delayMillis", 1_000));
        settlement
                .confirm(id, buyer.id(), Map.of())
                .timeout(Duration.ofMillis(50), Mono.empty())
                .block(LIMIT);
        await("finished", () -> history(id).contains(PaymentState.SUCCESS));
    }

    @Test
    void aRefundGoesToTheProviderAndAskingTwiceIsOne() throws InterruptedException {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        confirm(id);
        String first = refund(id, "key", 50_000, 4_000);
        assertThat(refund(id, "key", 50_000, 4_000)).isEqualTo(first);
        await("refunded", () -> payments.find(id).block(LIMIT).refunded() >= 50_000);
        assertThat(sum("fees:event", id)).isEqualTo(-4_000);
        assertThatThrownBy(() -> refund(id, "more", 200_000, 0)).isInstanceOf(ProblemException.class);
    }

    /** The provider gave the money back and the answer got lost: once is once. */
    @Test
    @Execution(CONCURRENT)
    @ResourceLock(value = WEBHOOKS, mode = READ)
    void aRefundWhoseAnswerGotLostIsNotGivenTwice() throws InterruptedException {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        confirm(id);
        fault("DROP_AFTER", "portone.cancel", id, 1);
        refund(id, "lost", 10_000, 0);
        await("refunded", () -> payments.find(id).block(LIMIT).refunded() >= 10_000);
        assertThat(TestSandbox.atPortOne(id)[1])
                .isEqualTo(payments.find(id).block(LIMIT).refunded());
    }

    /** KakaoPay has no idempotency keys: the refund's id, which it repeats, tells that it was done. */
    @Test
    @Execution(CONCURRENT)
    @ResourceLock(value = WEBHOOKS, mode = READ)
    void aRefundAtKakaoPayWhoseAnswerGotLostIsNotGivenTwice() throws InterruptedException {
        String id = open(Provider.KAKAOPAY, 80_000).paymentId();
        settlement
                .confirm(id, buyer.id(), Map.of("pgToken", approvedAtKakaoPay(id)))
                .block(LIMIT);
        String tid = database.sql("SELECT provider_reference FROM payments.payments WHERE id = $1")
                .bind(0, id)
                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                .one()
                .block(LIMIT);
        fault("DROP_AFTER", "kakaopay.cancel", tid, 1);
        refund(id, "lost", 10_000, 0);
        await("refunded", () -> payments.find(id).block(LIMIT).refunded() >= 10_000);
        settlement.checkReturned(id).block(LIMIT);
        assertThat(payments.find(id).block(LIMIT).refunded()).isEqualTo(10_000);
    }

    private String paid(String reservation) {
        String id = payments.open(
                        new Order(reservation, "event", buyer.id(), "Concert x 2", 5_000, Provider.PORTONE, null))
                .as(transaction::transactional)
                .flatMap(payment -> payments.register(payment.paymentId()).thenReturn(payment.paymentId()))
                .block(LIMIT);
        TestSandbox.press(id, "approve");
        confirm(id);
        return id;
    }

    private void sql(String statement, String... ids) {
        database.sql(statement).bind(0, ids).then().block(LIMIT);
    }

    /** Both are taken in one go, and one of them breaks at once. */
    @Test
    void aRefundThatCannotBeDoneLeavesTheOthersAlone() throws InterruptedException {
        String broken = paid(Ids.next());
        String well = paid(Ids.next());
        sql(
                "INSERT INTO payments.refunds (id, payment_id, request_key, amount, reason, state, created_at) SELECT 'r-'"
                        + " || id, id, 'test', 1000, 'TEST', 'REQUESTED', now() FROM payments.payments WHERE id = ANY($1)",
                broken,
                well);
        sql("UPDATE payments.payments SET provider = 'NONE', next_look_at = NULL WHERE id = ANY($1)", broken);
        sql("UPDATE payments.refunds SET next_try_at = now() WHERE payment_id = ANY($1)", broken, well);
        await("refunded", () -> payments.find(well).block(LIMIT).refunded() >= 1_000);
        assertThat(database.sql("SELECT attempts FROM payments.refunds WHERE id = 'r-' || $1")
                        .bind(0, well)
                        .map(row -> row.get(0, Integer.class))
                        .one()
                        .block(LIMIT))
                .isEqualTo(1);
        sql("UPDATE payments.refunds SET state = 'SUCCEEDED', next_try_at = NULL WHERE payment_id = ANY($1)", broken);
        sql("UPDATE payments.payments SET provider = 'PORTONE' WHERE id = ANY($1)", broken);
    }

    private String refund(String id, String key, long amount, long fee) {
        return payments.refund(new RefundOrder(id, key, amount, fee, "BUYER_CANCELLED"))
                .as(transaction::transactional)
                .block(LIMIT);
    }

    private long sum(String account, String paymentId) {
        return database.sql("SELECT coalesce(sum(amount), 0)::bigint FROM payments.ledger WHERE account = $1 AND"
                        + " payment_id = $2")
                .bind(0, account)
                .bind(1, paymentId)
                .map(row -> row.get(0, Long.class))
                .one()
                .block(LIMIT);
    }

    private String approvedAtKakaoPay(String id) {
        String url = payments.register(id).block(LIMIT).redirectUrl();
        Map<?, ?> answer = WebTestClient.bindToServer()
                .baseUrl(url + "/approve")
                .build()
                .post()
                .exchange()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
        return (String) answer.get("pg_token");
    }

    /** The buyer has done everything, and our request for the money got lost: it is made again. */
    @Test
    @Execution(CONCURRENT)
    @ResourceLock(value = WEBHOOKS, mode = READ)
    void anApprovalThatNeverArrivedIsSentAgain() throws InterruptedException {
        String id = open(Provider.KAKAOPAY, 80_000).paymentId();
        String token = approvedAtKakaoPay(id);
        fault("DROP", "kakaopay.approve", id, 2);
        assertThat(settlement
                        .confirm(id, buyer.id(), Map.of("pgToken", token))
                        .block(LIMIT)
                        .state())
                .isEqualTo(PaymentState.UNKNOWN);
        await("approved", () -> history(id).contains(PaymentState.SUCCESS));
        assertThat(events(reservationId).stream().filter("PaymentSuccess"::equals))
                .hasSize(1);
    }

    /** KakaoPay tells nobody of it: only the look that comes now and then finds it. */
    @Test
    void whatKakaoPayGaveBackByHandIsFoundByTheWatch() throws InterruptedException {
        String id = open(Provider.KAKAOPAY, 80_000).paymentId();
        settlement
                .confirm(id, buyer.id(), Map.of("pgToken", approvedAtKakaoPay(id)))
                .block(LIMIT);
        TestSandbox.giveBackByHand(id, 30_000);
        assertThat(payments.find(id).block(LIMIT).refunded()).isZero();
        lookNow(id);
        await("noticed", () -> payments.find(id).block(LIMIT).refunded() == 30_000);
        assertThat(sum("provider:KAKAOPAY", id)).isEqualTo(50_000);
        assertThat(events(reservationId)).contains("PaymentSuccess", "PaymentReturned");
        settlement.checkReturned(id).block(LIMIT);
        assertThat(payments.find(id).block(LIMIT).refunded()).isEqualTo(30_000);
        database.sql(
                        "UPDATE payments.payments SET captured_at = now() - interval '200 days', next_look_at = now() WHERE"
                                + " id = $1")
                .bind(0, id)
                .then()
                .block(LIMIT);
        await("not for ever", () -> plans(id).get(0) == null);
    }

    private void lookNow(String id) {
        database.sql("UPDATE payments.payments SET next_look_at = now() WHERE id = $1")
                .bind(0, id)
                .then()
                .block(LIMIT);
    }

    /** When it is looked at next, in seconds from now, and when it is asked about for a reason. */
    private List<Long> plans(String id) {
        return database.sql(
                        "SELECT extract(epoch FROM next_look_at - now())::bigint, extract(epoch FROM next_check_at -"
                                + " now())::bigint FROM payments.payments WHERE id = $1")
                .bind(0, id)
                .map(row -> Arrays.asList(row.get(0, Long.class), row.get(1, Long.class)))
                .one()
                .block(LIMIT);
    }

    /** Nothing waits for a look: it comes within hours, after a failure within minutes, and moves nothing that is planned sooner. */
    @Test
    void aLookThatFailsIsRepeatedInMinutesAndMovesNothingElse() throws InterruptedException {
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        confirm(id);
        assertThat(plans(id).get(0)).isBetween(-60L, 6 * 3_600L);
        assertThat(plans(id).get(1)).isNull();
        fault("ERROR_500", "portone.get", id, 1);
        database.sql("UPDATE payments.payments SET next_check_at = now() + interval '50 seconds' WHERE id = $1")
                .bind(0, id)
                .then()
                .block(LIMIT);
        lookNow(id);
        await("put off by minutes", () -> plans(id).get(0) > 60 && plans(id).get(0) <= 20 * 60);
        assertThat(plans(id).get(1)).isBetween(0L, 50L);
        lookNow(id);
        await("answered", () -> plans(id).get(0) > 3_600);
        assertThat(plans(id).get(1)).isBetween(0L, 50L);
    }

    /** Our own refunds are told by webhook as well, before or after we have written them down. */
    @Test
    @ResourceLock(WEBHOOKS)
    void ourOwnRefundsAreNotTakenForOthers() throws InterruptedException {
        TestSandbox.webhooksTo(port);
        String id = prepared().paymentId();
        TestSandbox.press(id, "approve");
        confirm(id);
        for (int i = 0; i < 4; i++) {
            long before = payments.find(id).block(LIMIT).refunded();
            refund(id, "part " + i, 10_000, 0);
            await("refunded", () -> payments.find(id).block(LIMIT).refunded() > before);
        }
        Flux.range(0, 8).flatMap(any -> settlement.checkReturned(id)).blockLast(LIMIT);
        TestSandbox.webhooksTo(0);
        assertThat(events(reservationId)).doesNotContain("PaymentReturned");
        assertThat(TestSandbox.atPortOne(id)[1])
                .isEqualTo(payments.find(id).block(LIMIT).refunded());
    }

    @Test
    void whatIsFreeNeedsNobodysMoney() {
        PaymentView payment = open(Provider.FREE, 0);
        assertThat(payments.register(payment.paymentId()).block(LIMIT)).isEqualTo(Checkout.NONE);
        assertThat(confirm(payment.paymentId())).isEqualTo(PaymentState.SUCCESS);
    }

    @Test
    void aRefundOfNothingIsAStepOfItsOwnInTheNews() {
        PaymentView payment = open(Provider.FREE, 0);
        confirm(payment.paymentId());
        refund(payment.paymentId(), "whole", 0, 0);
        assertThat(database.sql("SELECT (envelope::jsonb ->> 'version')::bigint FROM platform.outbox"
                                + " WHERE key = $1 AND topic = 'payment.events' ORDER BY seq")
                        .bind(0, reservationId)
                        .map(row -> row.get(0, Long.class))
                        .all()
                        .collectList()
                        .block(LIMIT))
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void freeIsOnlyForWhatCostsNothing() {
        assertThatThrownBy(() -> open(Provider.FREE, 1_000)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> open(Provider.PORTONE, 0)).isInstanceOf(ProblemException.class);
    }

    @Test
    void theLedgerRefusesChangesAndUnbalancedPostings() {
        assertThatThrownBy(
                        () -> database.sql("DELETE FROM payments.ledger").then().block(LIMIT))
                .hasMessageContaining("append only");
        String id = open(Provider.PORTONE, 1_000).paymentId();
        assertThatThrownBy(() -> database.sql(
                                "INSERT INTO payments.ledger (posting, account, amount, payment_id, at) VALUES ('x',"
                                        + " 'y', 5, $1, now())")
                        .bind(0, id)
                        .then()
                        .block(LIMIT))
                .hasMessageContaining("sum to zero");
    }
}
