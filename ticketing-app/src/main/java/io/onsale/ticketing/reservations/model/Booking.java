package io.onsale.ticketing.reservations.model;

import io.onsale.ticketing.reservations.Reservation.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reservation's life: {@code PENDING -> PAYING -> CONFIRMED -> CANCELLING -> CANCELLED}, with EXPIRED and CANCELLED as the ways
 * out of a hold. Every step asserts where it comes from and says what happened; a repeated step changes nothing.
 *
 * @param endMoved whether a payment has moved the end of the hold: it does so once
 * @param claims the seats it has now, none once it is over
 */
public record Booking(
        String id,
        String eventId,
        String performanceId,
        String userId,
        @Nullable String passId,
        Status status,
        Instant createdAt,
        Instant expiresAt,
        boolean endMoved,
        @Nullable Instant confirmedAt,
        @Nullable String paymentId,
        long version,
        List<Claim> claims) {

    private static final Set<Status> HELD = EnumSet.of(Status.PENDING, Status.PAYING);

    public Booking {
        claims = List.copyOf(claims);
    }

    /** A hold as it begins. */
    public static Booking held(
            String id,
            String eventId,
            String performanceId,
            String userId,
            @Nullable String passId,
            Instant createdAt,
            Instant expiresAt,
            List<Claim> claims) {
        return new Booking(
                id,
                eventId,
                performanceId,
                userId,
                passId,
                Status.PENDING,
                createdAt,
                expiresAt,
                false,
                null,
                null,
                1,
                claims);
    }

    /** What a step came to. */
    public sealed interface Step {

        /** It changed: to be written, and announced when {@code fact} is there. */
        record Changed(Booking next, @Nullable Fact fact) implements Step {}

        /** It was so already. */
        record Unchanged(Booking now) implements Step {}

        /** Not from this state. */
        record Refused(Refusal why) implements Step {}
    }

    /** What is announced. */
    public enum Fact {
        SEATS_HELD,
        HOLD_EXTENDED,
        SEATS_CHANGED,
        CONFIRMED,
        CANCELLED,
        EXPIRED
    }

    /** Why a step is not taken. */
    public enum Refusal {
        ENDED,
        PAID,
        NOT_CONFIRMED,
        NOT_HELD
    }

    /** Whole won for all of its seats. */
    public long amount() {
        return claims.stream().mapToLong(Claim::amount).sum();
    }

    public List<String> seatIds() {
        return claims.stream().map(Claim::seatId).toList();
    }

    /** Held, not paid, and its time is over. */
    public boolean isLapsed(Instant now) {
        return HELD.contains(status) && !now.isBefore(expiresAt);
    }

    /** A payment starts: the first one moves the end to at least {@code grace} from now. */
    public Step beginPaying(Instant now, Duration grace) {
        if (!HELD.contains(status)) {
            return new Step.Refused(
                    status == Status.CONFIRMED || status == Status.CANCELLING ? Refusal.PAID : Refusal.ENDED);
        }
        if (isLapsed(now)) {
            return new Step.Refused(Refusal.ENDED);
        }
        Instant least = now.plus(grace);
        Instant end = endMoved || expiresAt.isAfter(least) ? expiresAt : least;
        if (status == Status.PAYING && endMoved) {
            return new Step.Unchanged(this);
        }
        Booking next = next(Status.PAYING, end, true, null, null, claims);
        return new Step.Changed(next, end.equals(expiresAt) ? null : Fact.HOLD_EXTENDED);
    }

    /** The payment failed: another one may be tried until the end. */
    public Step paymentDeclined() {
        return status == Status.PAYING ? new Step.Changed(in(Status.PENDING, claims), null) : new Step.Unchanged(this);
    }

    /** The money is there. A hold whose time is over but whose seats nobody took yet is still good. */
    public Step confirm(Instant now, String payment) {
        if (HELD.contains(status)) {
            return new Step.Changed(confirmed(now, payment, claims), Fact.CONFIRMED);
        }
        if (payment.equals(paymentId)) {
            return new Step.Unchanged(this);
        }
        return new Step.Refused(confirmedAt == null ? Refusal.ENDED : Refusal.PAID);
    }

    /** The money came after the end, and the seats could be claimed once more. */
    public Step retake(Instant now, String payment, List<Claim> claimedAgain) {
        return status == Status.EXPIRED
                ? new Step.Changed(confirmed(now, payment, claimedAgain), Fact.CONFIRMED)
                : new Step.Refused(Refusal.ENDED);
    }

    private Booking confirmed(Instant now, String payment, List<Claim> withClaims) {
        return next(Status.CONFIRMED, expiresAt, endMoved, now, payment, withClaims);
    }

    /** Its time is over. */
    public Step expire(Instant now) {
        return isLapsed(now) ? new Step.Changed(in(Status.EXPIRED, List.of()), Fact.EXPIRED) : new Step.Unchanged(this);
    }

    /** The buyer lets the hold go. */
    public Step release() {
        if (status == Status.CANCELLED || status == Status.EXPIRED) {
            return new Step.Unchanged(this);
        }
        return HELD.contains(status)
                ? new Step.Changed(in(Status.CANCELLED, List.of()), Fact.CANCELLED)
                : new Step.Refused(Refusal.PAID);
    }

    /** Other seats in place of some; the end stays. */
    public Step change(Instant now, List<Claim> newClaims) {
        if (status != Status.PENDING || isLapsed(now)) {
            return new Step.Refused(
                    status == Status.CANCELLED || status == Status.EXPIRED || isLapsed(now)
                            ? Refusal.ENDED
                            : Refusal.NOT_HELD);
        }
        return newClaims.equals(claims)
                ? new Step.Unchanged(this)
                : new Step.Changed(in(Status.PENDING, newClaims), Fact.SEATS_CHANGED);
    }

    /** The buyer wants the money back. */
    public Step beginCancelling() {
        return switch (status) {
            case CONFIRMED -> new Step.Changed(in(Status.CANCELLING, claims), null);
            case CANCELLING, CANCELLED -> new Step.Unchanged(this);
            case PENDING, PAYING, EXPIRED -> new Step.Refused(Refusal.NOT_CONFIRMED);
        };
    }

    /** The money is back: the seats are free. */
    public Step cancelled() {
        return switch (status) {
            case CANCELLING -> new Step.Changed(in(Status.CANCELLED, List.of()), Fact.CANCELLED);
            case CANCELLED -> new Step.Unchanged(this);
            case PENDING, PAYING, CONFIRMED, EXPIRED -> new Step.Refused(Refusal.NOT_CONFIRMED);
        };
    }

    /** Some seats of a paid reservation go back on sale; the last one leaves by cancelling. */
    public Step giveBack(Collection<String> seatIds) {
        if (status != Status.CONFIRMED) {
            return new Step.Refused(Refusal.NOT_CONFIRMED);
        }
        List<Claim> kept = claims.stream()
                .filter(claim -> !seatIds.contains(claim.seatId()))
                .toList();
        return kept.size() == claims.size()
                ? new Step.Unchanged(this)
                : new Step.Changed(in(Status.CONFIRMED, kept), Fact.SEATS_CHANGED);
    }

    /** The same with these seats: what is put together from two tables. */
    public Booking withClaims(List<Claim> read) {
        return new Booking(
                id,
                eventId,
                performanceId,
                userId,
                passId,
                status,
                createdAt,
                expiresAt,
                endMoved,
                confirmedAt,
                paymentId,
                version,
                read);
    }

    private Booking in(Status next, List<Claim> withClaims) {
        return next(next, expiresAt, endMoved, confirmedAt, paymentId, withClaims);
    }

    /** One version later. */
    private Booking next(
            Status next,
            Instant end,
            boolean moved,
            @Nullable Instant confirmed,
            @Nullable String payment,
            List<Claim> withClaims) {
        return new Booking(
                id,
                eventId,
                performanceId,
                userId,
                passId,
                next,
                createdAt,
                end,
                moved,
                confirmed,
                payment,
                version + 1,
                withClaims);
    }
}
