package io.onsale.ticketing.reservations.postgres;

import io.onsale.ticketing.catalog.PerformanceOffer.SeatOffer;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Claims seats by the statements of {@code R__hold.sql}, within the caller's transaction. */
@Component
public class ClaimSeats {

    private static final String HOLD = """
            select outcome, ids, number, moment from reservations.hold(
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """;
    private static final String CLAIM_MORE = """
            select outcome, ids, number, moment from reservations.claim_more(
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """;

    private final DatabaseClient database;

    ClaimSeats(DatabaseClient database) {
        this.database = database;
    }

    /** A new reservation with these seats for a while, or why not. The same request finds what it made before. */
    public Mono<Decision> hold(String requestId, Wish wish, Duration length) {
        var call = database.sql(HOLD)
                .bind("$1", wish.reservationId())
                .bind("$2", requestId)
                .bind("$3", wish.eventId())
                .bind("$4", wish.performanceId())
                .bind("$5", wish.userId());
        call = nullable(call, "$6", wish.passId(), String.class)
                .bind("$7", wish.opensForBuyer())
                .bind("$8", Objects.requireNonNull(wish.fence()))
                .bind("$9", length.toMillis());
        return seats(call, 10, wish.seats()).map(ClaimSeats::decision).one();
    }

    /**
     * More seats for a reservation whose row the caller has locked, or why not. {@code number} is their fence.
     *
     * @param givingUp how many of its seats it will not have any more, and so do not count
     */
    public Mono<Decision> claimMore(Wish wish, int givingUp) {
        var call = database.sql(CLAIM_MORE)
                .bind("$1", wish.reservationId())
                .bind("$2", wish.eventId())
                .bind("$3", wish.performanceId())
                .bind("$4", wish.userId());
        call = nullable(call, "$5", wish.passId(), String.class).bind("$6", wish.opensForBuyer());
        call = nullable(call, "$7", wish.fence(), Long.class).bind("$8", givingUp);
        return seats(call, 9, wish.seats()).map(ClaimSeats::decision).one();
    }

    private static GenericExecuteSpec seats(GenericExecuteSpec call, int first, List<SeatOffer> seats) {
        return call.bind("$" + first, strings(seats, SeatOffer::id))
                .bind("$" + (first + 1), strings(seats, seat -> seat.seat().grade()))
                .bind("$" + (first + 2), seats.stream().map(SeatOffer::amount).toArray(Long[]::new))
                .bind("$" + (first + 3), strings(seats, ClaimSeats::areaOrNull))
                .bind(
                        "$" + (first + 4),
                        seats.stream().map(ClaimSeats::placeOrNull).toArray(Integer[]::new));
    }

    private static String[] strings(List<SeatOffer> seats, Function<SeatOffer, ?> column) {
        return seats.stream().map(column).toArray(String[]::new);
    }

    @SuppressWarnings("NullAway") // a seat that is no standing place is null in these columns
    private static String areaOrNull(SeatOffer seat) {
        return seat.seat().areaId().isEmpty() ? null : seat.seat().areaId();
    }

    @SuppressWarnings("NullAway")
    private static Integer placeOrNull(SeatOffer seat) {
        return seat.seat().areaId().isEmpty()
                ? null
                : Integer.valueOf(seat.seat().number());
    }

    private static GenericExecuteSpec nullable(
            GenericExecuteSpec call, String name, @org.jspecify.annotations.Nullable Object value, Class<?> type) {
        return value == null ? call.bindNull(name, type) : call.bind(name, value);
    }

    private static Decision decision(Readable row) {
        String[] ids = row.get("ids", String[].class);
        Long number = row.get("number", Long.class);
        return new Decision(
                Decision.Outcome.valueOf(Objects.requireNonNull(row.get("outcome", String.class))),
                ids == null ? List.of() : List.of(ids),
                number == null ? 0 : number,
                row.get("moment", Instant.class));
    }
}
