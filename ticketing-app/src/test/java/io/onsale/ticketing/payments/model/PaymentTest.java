package io.onsale.ticketing.payments.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onsale.ticketing.payments.PaymentState;
import io.onsale.ticketing.payments.Payments.Order;
import io.onsale.ticketing.payments.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PaymentTest {

    private static final Instant NOON = Instant.parse("2026-11-01T03:00:00Z");
    private static final Truth PAID = new Truth.Captured(154_000, 0, "tx-1", NOON);

    private static Payment ready() {
        return Payment.ready("p", new Order("r", "e", "u", "Concert x 2", 154_000, Provider.PORTONE, null), NOON);
    }

    @Test
    void isPaidWhenTheProviderSaysSo() {
        Payment paid = ready().confirming(Map.of(), NOON).settle(PAID, NOON);
        assertThat(paid.state()).isEqualTo(PaymentState.SUCCESS);
        assertThat(paid.money().captured()).isEqualTo(154_000);
        assertThat(paid.checks().nextAt()).isNull();
    }

    @Test
    void aSettledPaymentIsAskedAboutOnceMoreUntilThereIsAnAnswer() {
        Payment paid = ready().settle(PAID, NOON);
        Payment unanswered = paid.askedAgain(new Truth.Unclear("?"), paid.checks(), NOON);
        assertThat(unanswered.checks().nextAt()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
        assertThat(unanswered
                        .askedAgain(PAID, unanswered.checks(), NOON)
                        .checks()
                        .nextAt())
                .isNull();
        assertThat(unanswered.askedAgain(PAID, paid.checks(), NOON))
                .as("somebody wants it asked since")
                .isEqualTo(unanswered);
    }

    @Test
    void theSameTruthTwiceChangesNothing() {
        Payment paid = ready().settle(PAID, NOON);
        Payment again = paid.settle(PAID, NOON.plusSeconds(9));
        assertThat(again.version()).isEqualTo(paid.version());
        assertThat(again.money()).isEqualTo(paid.money());
    }

    @Test
    void anUnclearAnswerIsAskedAgainAfterOneTwoFourSeconds() {
        Payment unclear = ready().confirming(Map.of(), NOON).settle(new Truth.Unclear("time-out"), NOON);
        assertThat(unclear.state()).isEqualTo(PaymentState.UNKNOWN);
        Instant now = NOON;
        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            assertThat(unclear.checks().nextAt()).isEqualTo(now.plusSeconds(seconds));
            now = now.plusSeconds(seconds);
            unclear = unclear.settle(new Truth.Unclear("time-out"), now);
        }
        assertThat(unclear.settle(PAID, now).state()).isEqualTo(PaymentState.SUCCESS);
    }

    @Test
    void aProviderThatDoesNotAnswerIsAskedAgainSoonAlsoForABuyerWhoNeverCameBack() {
        Payment unclear = ready().settle(new Truth.Unclear("time-out"), NOON);
        assertThat(unclear.state()).isEqualTo(PaymentState.READY);
        assertThat(unclear.checks().nextAt()).isEqualTo(NOON.plusSeconds(2));
        assertThat(unclear.settle(new Truth.Open(), NOON).checks()).isEqualTo(Checks.inMinutes(NOON));
    }

    @Test
    void aReasonToAskThatCameDuringTheQuestionIsNotForgotten() {
        Payment asked = ready();
        Payment told = asked.replaced(NOON.minus(Duration.ofMinutes(4)));
        assertThat(told.checks().isSoonerThan(asked.checks())).isTrue();
        assertThat(told.settle(new Truth.Open(), asked.checks(), NOON).checks().nextAt())
                .isEqualTo(NOON.plusSeconds(1));
        assertThat(told.settle(new Truth.Open(), told.checks(), NOON).checks().nextAt())
                .isEqualTo(NOON.plus(Duration.ofMinutes(30)));
        assertThat(told.settle(PAID, asked.checks(), NOON).checks().nextAt()).isNull();
    }

    @Test
    void whatIsReplacedIsAskedAboutNoLaterThanPlanned() {
        Instant planned = Objects.requireNonNull(ready().checks().nextAt());
        assertThat(ready().replaced(NOON.plus(Duration.ofMinutes(4))).checks().nextAt())
                .isEqualTo(planned);
    }

    @Test
    void nobodyPaidIsAFailureOnlyAfterPatience() {
        Payment asked = ready().confirming(Map.of(), NOON).settle(new Truth.Open(), NOON);
        assertThat(asked.state()).isEqualTo(PaymentState.UNKNOWN);
        Payment later = asked.settle(new Truth.Open(), NOON.plus(Duration.ofMinutes(3)));
        assertThat(later.state()).isEqualTo(PaymentState.FAILED);
        assertThat(later.reason()).isEqualTo(Payment.NOT_PAID);
        assertThat(later.checks().nextAt()).as("money may still come").isNotNull();
    }

    @Test
    void aCaptureAfterAFailureStillCounts() {
        Payment declined = ready().settle(new Truth.Declined("card"), NOON);
        assertThat(declined.state()).isEqualTo(PaymentState.FAILED);
        assertThat(declined.settle(PAID, NOON).state()).isEqualTo(PaymentState.SUCCESS);
    }

    @Test
    void anotherAmountGoesBack() {
        Payment wrong = ready().settle(new Truth.Captured(1_000, 0, "tx", NOON), NOON);
        assertThat(wrong.state()).isEqualTo(PaymentState.FAILED);
        assertThat(wrong.mustGoBack()).isTrue();
        Payment back = wrong.refunded(1_000, NOON);
        assertThat(back.state()).isEqualTo(PaymentState.REFUNDED);
        assertThat(back.mustGoBack()).isFalse();
    }

    @Test
    void moreThanWasTakenNeverGoesBack() {
        Payment paid = ready().settle(PAID, NOON).refunded(100_000, NOON);
        assertThat(paid.state()).isEqualTo(PaymentState.PARTIALLY_REFUNDED);
        assertThatThrownBy(() -> paid.refunded(54_001, NOON)).isInstanceOf(IllegalStateException.class);
        assertThat(paid.refunded(54_000, NOON).state()).isEqualTo(PaymentState.REFUNDED);
    }

    /** Whatever the provider says, in whatever order: taken once, never given back twice, and a version per move. */
    @Property(tries = 2_000)
    void noOrderOfAnswersLosesOrDoublesMoney(@ForAll("answers") List<Truth> answers) {
        Payment payment = ready();
        Instant now = NOON;
        for (Truth answer : answers) {
            Payment next = payment.settle(answer, now);
            assertThat(next.version()).isBetween(payment.version(), payment.version() + 1);
            if (next.version() == payment.version()) {
                assertThat(next.state()).isEqualTo(payment.state());
                assertThat(next.money()).isEqualTo(payment.money());
            }
            if (payment.money().captured() > 0) {
                assertThat(next.money()).as("taken once").isEqualTo(payment.money());
            }
            assertThat(next.state() == PaymentState.SUCCESS)
                    .as("SUCCESS means the whole amount")
                    .isEqualTo(
                            next.money().captured() == 154_000 && !Payment.CANCELLED_AT_PROVIDER.equals(next.reason()));
            assertThat(next.state().isOpen() && next.checks().nextAt() == null)
                    .as("an open payment is always asked about again")
                    .isFalse();
            assertThat(answer instanceof Truth.Unclear
                            && next.money().captured() == 0
                            && payment.checks().nextAt() != null
                            && next.checks().nextAt() == null)
                    .as("no answer is no reason to stop asking")
                    .isFalse();
            payment = next;
            now = now.plusSeconds(45);
        }
    }

    @Provide
    Arbitrary<List<Truth>> answers() {
        Arbitrary<Truth> answer = Arbitraries.of(
                new Truth.Open(),
                new Truth.Unclear("?"),
                new Truth.Declined("card"),
                PAID,
                new Truth.Captured(1_000, 0, "tx", NOON),
                new Truth.Captured(154_000, 154_000, "tx", NOON));
        return answer.list().ofMinSize(1).ofMaxSize(30);
    }
}
