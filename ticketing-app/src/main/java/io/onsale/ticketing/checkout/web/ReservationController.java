package io.onsale.ticketing.checkout.web;

import io.onsale.platform.idempotency.Idempotency;
import io.onsale.platform.idempotency.Keyed;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.web.Detached;
import io.onsale.platform.web.Page;
import io.onsale.ticketing.checkout.Cancelling;
import io.onsale.ticketing.checkout.CheckoutProblem;
import io.onsale.ticketing.checkout.Quotes;
import io.onsale.ticketing.checkout.model.Quote;
import io.onsale.ticketing.checkout.postgres.CancellationRows.Cancellation;
import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.reservations.Reservations;
import io.onsale.ticketing.tickets.Ticket;
import io.onsale.ticketing.tickets.Tickets;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A buyer's reservations with their tickets, and giving them back. */
@RestController
@RequestMapping("/api/v1/reservations")
class ReservationController {

    @Schema(example = "{\"ticketIds\": [\"01980000-0000-7000-8000-000000000009\"]}")
    record RefundRequest(@NotEmpty @Size(max = 10) Set<@NotBlank @Size(max = 64) String> ticketIds) {}

    record CancelAnswer(String reservationId, Reservation.Status status, long refundAmount, long fee) {}

    record QuoteAnswer(String reservationId, long price, long fee, long refundAmount) {}

    private final Reservations reservations;
    private final Tickets tickets;
    private final Cancelling cancelling;
    private final Quotes quotes;
    private final Idempotency idempotency;
    private final Detached detached;

    ReservationController(
            Reservations reservations,
            Tickets tickets,
            Cancelling cancelling,
            Quotes quotes,
            Idempotency idempotency,
            Detached detached) {
        this.reservations = reservations;
        this.tickets = tickets;
        this.cancelling = cancelling;
        this.quotes = quotes;
        this.idempotency = idempotency;
        this.detached = detached;
    }

    @GetMapping
    Mono<Page<ReservationAnswer>> list(
            @RequestParam(defaultValue = "0") @Min(0) @Max(Page.MAX_PAGE) int page,
            @RequestParam(defaultValue = Page.DEFAULT_SIZE) @Min(1) @Max(Page.MAX_SIZE) int size,
            Caller caller) {
        return reservations
                .ofUser(caller.userId(), page * size, size)
                .collectList()
                .flatMap(this::withTickets)
                .zipWith(reservations.countOfUser(caller.userId()))
                .map(found -> new Page<>(found.getT1(), page, size, found.getT2()));
    }

    private Mono<List<ReservationAnswer>> withTickets(List<Reservation> found) {
        return tickets.ofReservations(found.stream().map(Reservation::id).toList())
                .collect(Collectors.groupingBy(Ticket::reservationId))
                .map(byReservation -> found.stream()
                        .map(reservation -> ReservationAnswer.of(
                                reservation,
                                byReservation.getOrDefault(reservation.id(), List.of()),
                                reservations.paymentToken(reservation)))
                        .toList());
    }

    @GetMapping("/{id}")
    Mono<ReservationAnswer> detail(@PathVariable String id, Caller caller) {
        return own(id, caller)
                .zipWhen(reservation -> tickets.ofReservation(id).collectList())
                .map(found ->
                        ReservationAnswer.of(found.getT1(), found.getT2(), reservations.paymentToken(found.getT1())));
    }

    @GetMapping("/{id}/refund-quote")
    Mono<QuoteAnswer> quote(@PathVariable String id, Caller caller) {
        return own(id, caller)
                .filter(reservation -> reservation.status() == Reservation.Status.CONFIRMED)
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CheckoutProblem.NOT_CANCELLABLE).asException()))
                .flatMap(reservation -> quotes.of(reservation, reservation.seatIds()))
                .map(quote -> answer(id, quote));
    }

    @DeleteMapping("/{id}")
    @ApiResponse(
            responseCode = "202",
            description = "The money is on its way back",
            content = @Content(schema = @Schema(implementation = CancelAnswer.class)))
    Mono<ResponseEntity<CancelAnswer>> cancel(@PathVariable String id, Caller caller) {
        return detached.run(own(id, caller)
                .filter(ReservationController::isBooked)
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CheckoutProblem.NOT_CANCELLABLE).asException()))
                .flatMap(reservation -> cancelling.whole(id))
                .flatMap(this::accepted));
    }

    @Keyed
    @PostMapping("/{id}/refund")
    @ApiResponse(
            responseCode = "202",
            description = "The money is on its way back",
            content = @Content(schema = @Schema(implementation = CancelAnswer.class)))
    Mono<ResponseEntity<byte[]>> refund(
            @PathVariable String id,
            @Valid @RequestBody RefundRequest request,
            Caller caller,
            ServerWebExchange exchange) {
        return detached.run(idempotency.once(
                exchange,
                caller.userId(),
                "POST /reservations/{id}/refund",
                Map.of(
                        "reservationId",
                        id,
                        "ticketIds",
                        request.ticketIds().stream().sorted().toList()),
                requestId -> own(id, caller)
                        .then(seatsOf(id, request.ticketIds()))
                        .flatMap(seatIds -> cancelling.part(id, seatIds, requestId))
                        .flatMap(this::accepted)));
    }

    private Mono<Set<String>> seatsOf(String reservationId, Set<String> ticketIds) {
        return tickets.seatsOf(reservationId, ticketIds)
                .switchIfEmpty(Mono.error(() ->
                        Problem.of(CheckoutProblem.TICKETS_NOT_OF_RESERVATION).asException()));
    }

    private Mono<ResponseEntity<CancelAnswer>> accepted(Cancellation made) {
        return reservations
                .find(made.reservationId())
                .map(reservation -> ResponseEntity.status(HttpStatus.ACCEPTED)
                        .body(new CancelAnswer(
                                reservation.id(), reservation.status(), made.refundAmount(), made.fee())));
    }

    private static boolean isBooked(Reservation reservation) {
        return switch (reservation.status()) {
            case CONFIRMED, CANCELLING, CANCELLED -> true;
            case PENDING, PAYING, EXPIRED -> false;
        };
    }

    private Mono<Reservation> own(String id, Caller caller) {
        return reservations
                .find(id)
                .filter(reservation -> reservation.userId().equals(caller.userId()))
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CheckoutProblem.RESERVATION_NOT_FOUND).asException()));
    }

    private static QuoteAnswer answer(String id, Quote quote) {
        return new QuoteAnswer(id, quote.price(), quote.fee(), quote.refundAmount());
    }
}
