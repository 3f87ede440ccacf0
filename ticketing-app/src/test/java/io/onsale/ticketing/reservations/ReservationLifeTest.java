package io.onsale.ticketing.reservations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.ProblemException;
import io.onsale.platform.redis.Redis;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.reservations.Reservation.Status;
import io.onsale.ticketing.reservations.Reservations.Confirmation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

/** A reservation from its hold to its end, as the checkout leads it. */
class ReservationLifeTest extends TicketingTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Autowired
    private Reservations reservations;

    @Autowired
    private Redis redis;

    private HoldClient client;
    private TestEvent event;
    private TestUser buyer;
    private HoldClient.Held held;

    @BeforeEach
    void holdTwoSeats() {
        client = new HoldClient(http);
        event = events().create(Plan.simple());
        buyer = buyer();
        held = client.held(buyer, event.performanceId(), "1-1-1", "1-1-2");
    }

    @Test
    void isPaidForAndSold() {
        Reservation paying = beginPaying(held.paymentToken());
        assertThat(paying.status()).isEqualTo(Status.PAYING);
        assertThat(paying.expiresAt()).as("five minutes are more than three").isEqualTo(held.expiresAt());

        assertThat(confirm("payment-1")).isInstanceOf(Confirmation.Confirmed.class);
        assertThat(confirm("payment-1")).isInstanceOf(Confirmation.Confirmed.class);
        assertThat(confirm("payment-2")).isEqualTo(new Confirmation.PaidOtherwise("payment-1"));

        HoldClient.SeatMap map = client.seats(event.performanceId());
        assertThat(map.sold()).containsExactly("1-1-1", "1-1-2");
        assertThat(map.held()).isEmpty();
        assertThat(types()).containsExactly("SeatsHeld", "ReservationConfirmed");
    }

    @Test
    void theEndMovesOnceToGiveTimeForPaying() {
        endIn(Duration.ofSeconds(30));

        Reservation paying = beginPaying(held.paymentToken());
        assertThat(paying.expiresAt())
                .isBetween(Instant.now().plusSeconds(170), Instant.now().plusSeconds(181));
        await(reservations.paymentDeclined(held.reservationId()));
        endIn(Duration.ofSeconds(20));
        Reservation again = beginPaying(reservations.paymentToken(find()));

        assertThat(again.expiresAt()).isBefore(Instant.now().plusSeconds(21));
        assertThat(types()).containsExactly("SeatsHeld", "HoldExtended");
    }

    @Test
    void aPaymentTokenIsForOnePaymentOfOneReservationOfOneBuyer() {
        HoldClient.Held other = client.held(buyer(), event.performanceId(), "1-2-1");

        assertRefused("PAYMENT_TOKEN_INVALID", () -> beginPaying(other.paymentToken()));
        assertRefused("PAYMENT_TOKEN_INVALID", () -> beginPaying(held.paymentToken() + "x"));
        assertRefused("PAYMENT_TOKEN_INVALID", () -> beginPaying("nonsense"));
        assertRefused(
                "NOT_FOUND",
                () -> await(reservations.beginPaying(held.reservationId(), Ids.next(), held.paymentToken())));
        beginPaying(held.paymentToken());
        beginPaying(held.paymentToken());
        await(reservations.paymentDeclined(held.reservationId()));
        assertRefused("PAYMENT_TOKEN_USED", () -> beginPaying(held.paymentToken()));
    }

    @Test
    void moneyThatComesLateStillGetsTheSeatsIfNobodyTookThem() {
        beginPaying(held.paymentToken());
        lapseAndSweep();
        assertThat(confirm("payment-1")).isInstanceOf(Confirmation.Ended.class);

        assertThat(retake("payment-1")).isInstanceOf(Confirmation.Confirmed.class);
        assertThat(retake("payment-1")).isInstanceOf(Confirmation.Confirmed.class);

        assertThat(client.seats(event.performanceId()).sold()).containsExactly("1-1-1", "1-1-2");
        assertThat(types()).containsExactly("SeatsHeld", "ReservationExpired", "ReservationConfirmed");
    }

    @Test
    void moneyThatComesTooLateDoesNotTakeSeatsFromOthers() {
        beginPaying(held.paymentToken());
        lapseAndSweep();
        client.held(buyer(), event.performanceId(), "1-1-2");

        assertThat(retake("payment-1")).isEqualTo(new Confirmation.Refused("SEAT_TAKEN"));
        assertThat(client.seats(event.performanceId()).sold()).isEmpty();
        assertThat(client.seats(event.performanceId()).held()).containsExactly("1-1-2");
    }

    @Test
    void retakingKeepsToTheBuyersLimit() {
        beginPaying(held.paymentToken());
        lapseAndSweep();
        client.held(buyer, event.performanceId(), "1-2-1", "1-2-2", "1-2-3");

        assertThat(retake("payment-1")).isEqualTo(new Confirmation.Refused("LIMIT_EXCEEDED"));
    }

    @Test
    void isCancelledInTwoSteps() {
        confirm("payment-1");

        assertThat(await(reservations.beginCancelling(held.reservationId())).status())
                .isEqualTo(Status.CANCELLING);
        assertThat(client.seats(event.performanceId()).sold()).hasSize(2);
        await(reservations.cancelled(held.reservationId()));
        await(reservations.cancelled(held.reservationId()));

        assertThat(find().status()).isEqualTo(Status.CANCELLED);
        assertThat(client.seats(event.performanceId()).counts().available()).isEqualTo(20);
        client.held(buyer(), event.performanceId(), "1-1-1");
        assertThat(types()).containsExactly("SeatsHeld", "ReservationConfirmed", "ReservationCancelled");
    }

    @Test
    void givesSomeSeatsBackAndKeepsTheOthers() {
        confirm("payment-1");

        Reservation after = await(reservations.giveBack(held.reservationId(), List.of("1-1-1")));

        assertThat(after.seats()).extracting(Reservation.HeldSeat::seatId).containsExactly("1-1-2");
        assertThat(after.amount()).isEqualTo(50_000);
        assertThat(client.seats(event.performanceId()).sold()).containsExactly("1-1-2");
        client.held(buyer(), event.performanceId(), "1-1-1");
    }

    @Test
    void aPaidReservationIsNotReleasedLikeAHold() {
        confirm("payment-1");

        assertThat(HoldClient.problem(client.release(buyer, held.reservationId()), 409))
                .containsEntry("code", "ALREADY_PAID");
        assertThat(HoldClient.problem(client.change(buyer, held.reservationId(), "1-2-1"), 409))
                .containsKey("code");
    }

    private static void assertRefused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code().name()).isEqualTo(code));
    }

    private Reservation beginPaying(String token) {
        return await(reservations.beginPaying(held.reservationId(), buyer.id(), token));
    }

    private Confirmation confirm(String payment) {
        return await(reservations.confirm(held.reservationId(), payment));
    }

    private Confirmation retake(String payment) {
        return await(reservations.retake(held.reservationId(), payment));
    }

    private Reservation find() {
        return await(reservations.find(held.reservationId()));
    }

    @SuppressWarnings("NullAway")
    private static <T> T await(Mono<T> answer) {
        return answer.block(SOON);
    }

    private void endIn(Duration left) {
        database.sql("update reservations.reservations set expires_at = clock_timestamp() + $2 * interval '1"
                        + " millisecond' where id = $1")
                .bind("$1", held.reservationId())
                .bind("$2", left.toMillis())
                .fetch()
                .rowsUpdated()
                .block(SOON);
    }

    private void lapseAndSweep() {
        endIn(Duration.ofMillis(-1));
        String[] keys = held.seatIds().stream()
                .map(seat -> "hold:{" + event.id() + "}:seat:" + event.performanceId() + ":" + seat)
                .toArray(String[]::new);
        redis.run(command -> command.del(keys)).block(SOON);
        Instant deadline = Instant.now().plus(SOON);
        while (find().status() != Status.EXPIRED && Instant.now().isBefore(deadline)) {
            Mono.delay(Duration.ofMillis(50)).block();
        }
        assertThat(find().status()).isEqualTo(Status.EXPIRED);
    }

    private List<String> types() {
        return Objects.requireNonNull(
                database.sql("select event_type from platform.outbox where key = $1 and topic = $2 order by seq")
                        .bind("$1", held.reservationId())
                        .bind("$2", ReservationEvents.TOPIC)
                        .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                        .all()
                        .collectList()
                        .block(SOON));
    }
}
