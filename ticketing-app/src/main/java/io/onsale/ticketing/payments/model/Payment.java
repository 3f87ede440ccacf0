package io.onsale.ticketing.payments.model;

import io.onsale.ticketing.payments.PaymentState;
import io.onsale.ticketing.payments.Payments.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment and the moves it allows. Every move gives a new state one version later; what changes nothing gives the same
 * version.
 *
 * @param movedAt when it came into its state
 */
public record Payment(
        String id,
        Order order,
        PaymentState state,
        @Nullable String reason,
        Money money,
        AtProvider atProvider,
        Checks checks,
        long version,
        Instant createdAt,
        Instant movedAt) {

    /** A capture that differs from the amount asked. */
    public static final String AMOUNT_MISMATCH = "AMOUNT_MISMATCH";

    /** Nobody paid in all the time there was. */
    public static final String NOT_PAID = "NOT_PAID";

    /** Given up for a payment by another provider. */
    public static final String REPLACED = "REPLACED";

    /** The money had gone back at the provider before we saw it come. */
    public static final String CANCELLED_AT_PROVIDER = "CANCELLED_AT_PROVIDER";

    /** How long nobody needs to pay before it is given up: unasked, and after the buyer said that it is paid. */
    private static final Duration PATIENCE_READY = Duration.ofMinutes(30);

    private static final Duration PATIENCE_CONFIRMED = Duration.ofMinutes(2);

    /** What was taken and what of it went back, whole won. */
    public record Money(long captured, @Nullable Instant capturedAt, long refunded) {

        static final Money NONE = new Money(0, null, 0);

        /** What is left to give back. */
        public long left() {
            return captured - refunded;
        }
    }

    /**
     * The provider's own name for it, and where its checkout is.
     *
     * @param brought what the buyer brought from there: with it the provider can be asked for the money again, whoever asks
     */
    public record AtProvider(
            @Nullable String reference, @Nullable String checkoutUrl, Map<String, String> brought) {

        public AtProvider {
            brought = Map.copyOf(brought);
        }
    }

    /** A payment about to be offered to the buyer. */
    public static Payment ready(String id, Order order, Instant now) {
        return new Payment(
                id,
                order,
                PaymentState.READY,
                null,
                Money.NONE,
                new AtProvider(null, null, Map.of()),
                Checks.inMinutes(now),
                0,
                now,
                now);
    }

    /** The buyer says that it is paid: written down before the provider is asked, so that a crash forgets nothing. */
    public Payment confirming(Map<String, String> brought, Instant now) {
        return state == PaymentState.READY || state == PaymentState.UNKNOWN
                ? with(new AtProvider(atProvider.reference(), atProvider.checkoutUrl(), brought))
                        .moved(PaymentState.PENDING, null, Checks.afterCrash(now), now)
                : this;
    }

    /** The buyer has done everything: asking again may as well ask for the money. */
    public boolean isConfirmed() {
        return state.isOpen()
                && state != PaymentState.READY
                && !atProvider.brought().isEmpty();
    }

    /** The buyer pays by other means instead. It is asked about no later than planned: it may have been paid in another tab. */
    public Payment replaced(Instant now) {
        return state == PaymentState.READY
                ? moved(PaymentState.FAILED, REPLACED, Checks.afterFailure(now).orSooner(checks), now)
                : this;
    }

    /**
     * Takes in what the provider says. The same truth twice changes nothing.
     *
     * @param asked what was planned when the provider was asked. If a reason to ask came up since, the answer may be older than that
     */
    public Payment settle(Truth truth, Checks asked, Instant now) {
        Payment next = settle(truth, now);
        return checks.isSoonerThan(asked) && !next.isSettled()
                ? next.with(next.checks.orSooner(Checks.soon(now)))
                : next;
    }

    Payment settle(Truth truth, Instant now) {
        if (truth instanceof Truth.Captured taken) {
            return captured(taken, now);
        }
        if (!state.isOpen()) {
            return state == PaymentState.FAILED && money.captured() == 0 ? lookedAtLate(truth, now) : this;
        }
        if (truth instanceof Truth.Declined declined) {
            return failed(declined.reason(), now);
        }
        if (truth instanceof Truth.Unclear unclear) {
            return state == PaymentState.READY ? with(checks.backOff(now)) : waiting(unclear.why(), now);
        }
        return now.isAfter(movedAt.plus(patience())) ? failed(NOT_PAID, now) : waiting("NOT_PAID_YET", now);
    }

    /** Only an answer uses a look up: money that comes late must not be overlooked for a provider that was away. */
    private Payment lookedAtLate(Truth truth, Instant now) {
        return with(truth instanceof Truth.Unclear ? checks.again(now) : checks.late(now));
    }

    private Payment captured(Truth.Captured taken, Instant now) {
        if (isSettled() || (!state.isOpen() && state != PaymentState.FAILED)) {
            return this;
        }
        Payment paid = new Payment(
                id,
                order,
                state,
                reason,
                new Money(taken.amount(), taken.at(), 0),
                new AtProvider(taken.reference(), atProvider.checkoutUrl(), Map.of()),
                checks,
                version,
                createdAt,
                movedAt);
        if (taken.cancelled() > 0 && taken.cancelled() == taken.amount()) {
            return paid.moved(PaymentState.FAILED, CANCELLED_AT_PROVIDER, Checks.NONE, now);
        }
        return taken.amount() == order.amount()
                ? paid.moved(PaymentState.SUCCESS, null, Checks.NONE, now)
                : paid.moved(PaymentState.FAILED, AMOUNT_MISMATCH, Checks.NONE, now);
    }

    private Payment waiting(String why, Instant now) {
        return switch (state) {
            case PENDING -> moved(PaymentState.UNKNOWN, why, Checks.soon(now), now);
            case UNKNOWN -> with(checks.backOff(now));
            default -> with(Checks.inMinutes(now));
        };
    }

    private Payment failed(String why, Instant now) {
        return moved(PaymentState.FAILED, why, Checks.afterFailure(now), now);
    }

    private Duration patience() {
        return state == PaymentState.READY ? PATIENCE_READY : PATIENCE_CONFIRMED;
    }

    /** Money went back. */
    public Payment refunded(long amount, Instant now) {
        if (amount <= 0 || amount > money.left()) {
            throw new IllegalStateException("cannot refund " + amount + " of payment " + id);
        }
        Money less = new Money(money.captured(), money.capturedAt(), money.refunded() + amount);
        PaymentState next = less.left() == 0 ? PaymentState.REFUNDED : PaymentState.PARTIALLY_REFUNDED;
        Payment rest = new Payment(id, order, state, reason, less, atProvider, checks, version, createdAt, movedAt);
        return rest.moved(next, reason, checks, now);
    }

    /** A refund was due and nothing went back: it was free, or the fee took all. */
    public Payment keptAsFee(Instant now) {
        return moved(state, reason, checks, now);
    }

    /**
     * It was settled, and there was a reason to ask once more. That was all, unless there was no answer, or another reason came up
     * meanwhile.
     *
     * @param asked what was planned when the provider was asked
     */
    public Payment askedAgain(Truth truth, Checks asked, Instant now) {
        if (!checks.equals(asked)) {
            return this;
        }
        return with(truth instanceof Truth.Unclear ? Checks.inMinutes(now) : Checks.NONE);
    }

    /** Its money was taken: nothing changes it any more but money that goes back, by us or by hand at the provider. */
    public boolean isSettled() {
        return !state.isOpen() && money.captured() > 0;
    }

    /** Taken, but wrongly: it goes back without anybody asking. */
    public boolean mustGoBack() {
        return AMOUNT_MISMATCH.equals(reason) && money.left() > 0;
    }

    private Payment moved(PaymentState next, @Nullable String why, Checks nextChecks, Instant now) {
        return new Payment(id, order, next, why, money, atProvider, nextChecks, version + 1, createdAt, now);
    }

    private Payment with(AtProvider known) {
        return new Payment(id, order, state, reason, money, known, checks, version, createdAt, movedAt);
    }

    private Payment with(Checks nextChecks) {
        return new Payment(id, order, state, reason, money, atProvider, nextChecks, version, createdAt, movedAt);
    }
}
