package io.onsale.ticketing.reservations.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.onsale.platform.idempotency.Idempotency;
import io.onsale.platform.idempotency.Keyed;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.FieldProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.web.Detached;
import io.onsale.ticketing.reservations.Reservation.Status;
import io.onsale.ticketing.reservations.ReservationsProblem;
import io.onsale.ticketing.reservations.hold.ChangeSeats;
import io.onsale.ticketing.reservations.hold.HoldRequest;
import io.onsale.ticketing.reservations.hold.HoldRequest.Choice;
import io.onsale.ticketing.reservations.hold.HoldSeats;
import io.onsale.ticketing.reservations.hold.PaymentTokens;
import io.onsale.ticketing.reservations.hold.ReleaseHold;
import io.onsale.ticketing.reservations.model.Booking;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Holding seats, changing them, letting them go. Each runs to its end, whoever hangs up. */
@RestController
@RequestMapping("/api/v1/reservations/hold")
class HoldController {
    private static final String ROUTE = "POST /reservations/hold";
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final HoldSeats holds;
    private final ChangeSeats changes;
    private final ReleaseHold releases;
    private final PaymentTokens paymentTokens;
    private final Idempotency idempotency;
    private final Detached detached;

    HoldController(
            HoldSeats holds,
            ChangeSeats changes,
            ReleaseHold releases,
            PaymentTokens paymentTokens,
            Idempotency idempotency,
            Detached detached) {
        this.holds = holds;
        this.changes = changes;
        this.releases = releases;
        this.paymentTokens = paymentTokens;
        this.idempotency = idempotency;
        this.detached = detached;
    }

    /** Exactly one of: {@code seatIds}; {@code grade} and {@code quantity}; {@code area} and {@code quantity}. */
    @Schema(example = """
                {"performanceId": "01980000-0000-7000-8000-000000000003", "seatIds": ["1-14-7", "1-14-8"]}
                """)
    record Hold(
            @NotBlank @Size(max = 64) String performanceId,
            @Nullable @Size(min = 1, max = 20) List<@NotBlank @Size(max = 64) String> seatIds,
            @Nullable @Size(min = 1, max = 64) String grade,
            @Nullable @Size(min = 1, max = 64) String area,
            @Nullable Integer quantity,
            @Nullable Boolean accessible) {

        Choice choice() {
            int kinds = (seatIds == null ? 0 : 1) + (grade == null ? 0 : 1) + (area == null ? 0 : 1);
            boolean quantityFits = (seatIds == null) == (quantity != null);
            boolean accessibleFits = accessible == null || grade != null;
            if (kinds != 1 || !quantityFits || !accessibleFits) {
                throw Problem.of(CommonProblem.VALIDATION_FAILED)
                        .errors(List.of(FieldProblem.of(kinds == 1 ? "quantity" : "seatIds", "AssertTrue")))
                        .asException();
            }
            if (seatIds != null) {
                return new Choice.Seats(seatIds);
            }
            int howMany = quantity == null ? 0 : quantity;
            return grade == null
                    ? new Choice.Standing(area == null ? "" : area, howMany)
                    : new Choice.BestAvailable(grade, howMany, Boolean.TRUE.equals(accessible));
        }
    }

    @Schema(example = "{\"seatIds\": [\"1-14-9\"]}")
    record Change(@NotEmpty @Size(max = 20) List<@NotBlank @Size(max = 64) String> seatIds) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Held(
            String reservationId,
            Status status,
            List<Seat> seats,
            long amount,
            Instant expiresAt,
            String paymentToken) {

        record Seat(String seatId, long fence) {}
    }

    @Keyed
    @PostMapping
    @ApiResponse(
            responseCode = "201",
            description = "Held",
            content = @Content(schema = @Schema(implementation = Held.class)))
    Mono<ResponseEntity<byte[]>> hold(
            @Valid @RequestBody Hold body,
            @RequestHeader(name = "Queue-Pass", required = false) @Nullable String pass,
            Caller caller,
            ServerWebExchange exchange) {
        Choice choice = body.choice();
        return answered(idempotency.once(
                exchange,
                caller.userId(),
                ROUTE,
                body,
                requestId -> holds.hold(new HoldRequest(requestId, caller.userId(), body.performanceId(), pass, choice))
                        .map(this::held)
                        .map(held -> ResponseEntity.status(HttpStatus.CREATED).body(held))));
    }

    @PutMapping("/{id}")
    Mono<Held> change(@PathVariable String id, @Valid @RequestBody Change body, Caller caller) {
        return answered(changes.change(id, caller.userId(), body.seatIds()).map(this::held));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> release(@PathVariable String id, Caller caller) {
        return answered(releases.release(id, caller.userId()));
    }

    /** The work goes on when the client or our patience goes; asking again finds what became of it. */
    private <T> Mono<T> answered(Mono<T> work) {
        return detached.run(work)
                .timeout(
                        PATIENCE,
                        Mono.error(() -> Problem.of(ReservationsProblem.HOLD_UNCERTAIN)
                                .retryAfter(Duration.ofSeconds(2))
                                .asException()));
    }

    private Held held(Booking booking) {
        return new Held(
                booking.id(),
                booking.status(),
                booking.claims().stream()
                        .map(claim -> new Held.Seat(claim.seatId(), claim.fence()))
                        .toList(),
                booking.amount(),
                booking.expiresAt(),
                paymentTokens.mint(booking.id()));
    }
}
