package io.onsale.ticketing.reservations.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.reservations.Reservation.Status;
import io.onsale.ticketing.reservations.model.Booking.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** The life of a reservation under any order of steps at any time. */
class BookingTest {
    private static final Instant START = Instant.parse("2026-07-01T03:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(3);

    /** From where to where a change may lead. */
    private static final Map<Status, Set<Status>> WAYS = Map.of(
            Status.PENDING,
                    EnumSet.of(Status.PENDING, Status.PAYING, Status.CONFIRMED, Status.CANCELLED, Status.EXPIRED),
            Status.PAYING,
                    EnumSet.of(Status.PENDING, Status.PAYING, Status.CONFIRMED, Status.CANCELLED, Status.EXPIRED),
            Status.CONFIRMED, EnumSet.of(Status.CONFIRMED, Status.CANCELLING),
            Status.CANCELLING, EnumSet.of(Status.CANCELLED),
            Status.CANCELLED, EnumSet.noneOf(Status.class),
            Status.EXPIRED, EnumSet.of(Status.CONFIRMED));

    private enum Act {
        BEGIN_PAYING,
        DECLINE,
        CONFIRM,
        CONFIRM_OTHER,
        RETAKE,
        EXPIRE,
        RELEASE,
        CHANGE,
        BEGIN_CANCELLING,
        CANCELLED,
        GIVE_BACK
    }

    @Property
    void everyHistoryKeepsToTheRules(@ForAll("histories") List<Tuple2<Act, Integer>> history) {
        Booking now = hold();
        Instant time = START;
        int endMoves = 0;
        for (Tuple2<Act, Integer> entry : history) {
            time = time.plusSeconds(entry.get2());
            Step step = take(now, entry.get1(), time);
            if (step instanceof Step.Changed changed) {
                Booking next = changed.next();
                assertThat(WAYS.get(now.status())).contains(next.status());
                assertThat(next.version()).isEqualTo(now.version() + 1);
                assertThat(next.id()).isEqualTo(now.id());
                assertThat(next.expiresAt()).isAfterOrEqualTo(now.expiresAt());
                endMoves += next.expiresAt().equals(now.expiresAt()) ? 0 : 1;
                assertThat(take(next, entry.get1(), time))
                        .as("%s again", entry.get1())
                        .isNotInstanceOf(Step.Changed.class);
                now = next;
            }
            boolean over = now.status() == Status.CANCELLED || now.status() == Status.EXPIRED;
            assertThat(now.claims().isEmpty()).isEqualTo(over);
            assertThat(now.paymentId() != null).isEqualTo(now.confirmedAt() != null);
        }
        assertThat(endMoves).isLessThanOrEqualTo(1);
    }

    private static Step take(Booking now, Act act, Instant time) {
        return switch (act) {
            case BEGIN_PAYING -> now.beginPaying(time, GRACE);
            case DECLINE -> now.paymentDeclined();
            case CONFIRM -> now.confirm(time, "payment-1");
            case CONFIRM_OTHER -> now.confirm(time, "payment-2");
            case RETAKE -> now.retake(time, "payment-1", List.of(claim("1-1-1", 20)));
            case EXPIRE -> now.expire(time);
            case RELEASE -> now.release();
            case CHANGE -> now.change(time, List.of(claim("1-1-1", 10), claim("1-1-3", 11)));
            case BEGIN_CANCELLING -> now.beginCancelling();
            case CANCELLED -> now.cancelled();
            case GIVE_BACK -> now.giveBack(List.of("1-1-2", "1-1-3"));
        };
    }

    @Provide
    Arbitrary<List<Tuple2<Act, Integer>>> histories() {
        Arbitrary<Integer> seconds = Arbitraries.integers().between(0, 120);
        return Arbitraries.of(Act.class)
                .flatMap(act -> seconds.map(pause -> Tuple.of(act, pause)))
                .list()
                .ofMaxSize(25);
    }

    private static Booking hold() {
        return Booking.held(
                "r",
                "e",
                "p",
                "u",
                null,
                START,
                START.plus(Duration.ofMinutes(5)),
                List.of(claim("1-1-1", 10), claim("1-1-2", 10)));
    }

    private static Claim claim(String seat, long fence) {
        return new Claim(seat, fence, "R", 50_000);
    }
}
