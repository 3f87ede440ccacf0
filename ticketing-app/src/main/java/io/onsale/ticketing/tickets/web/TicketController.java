package io.onsale.ticketing.tickets.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Page;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.tickets.CheckIn;
import io.onsale.ticketing.tickets.Ticket;
import io.onsale.ticketing.tickets.TicketsProblem;
import io.onsale.ticketing.tickets.model.TicketCode;
import io.onsale.ticketing.tickets.postgres.TicketRows;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A buyer's tickets, and the gate. */
@RestController
@RequestMapping("/api/v1/tickets")
class TicketController {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TicketAnswer(
            String id,
            String number,
            String reservationId,
            String eventId,
            Ticket.Performance performance,
            Ticket.Seat seat,
            Ticket.Status status,
            Instant issuedAt,
            @Nullable Instant usedAt) {

        static TicketAnswer of(Ticket ticket) {
            return new TicketAnswer(
                    ticket.id(),
                    ticket.number(),
                    ticket.reservationId(),
                    ticket.eventId(),
                    ticket.performance(),
                    ticket.seat(),
                    ticket.status(),
                    ticket.issuedAt(),
                    ticket.usedAt());
        }
    }

    @Schema(example = "{\"code\": \"7KXM-4QPT-2H6\"}")
    record CheckInRequest(@NotBlank @Size(max = 300) String code) {}

    record GateKey(String algorithm, String publicKey) {}

    private final TicketRows tickets;
    private final TicketCode codes;
    private final CheckIn gate;

    TicketController(TicketRows tickets, TicketCode codes, CheckIn gate) {
        this.tickets = tickets;
        this.codes = codes;
        this.gate = gate;
    }

    @GetMapping
    Mono<Page<TicketAnswer>> list(
            @RequestParam(defaultValue = "0") @Min(0) @Max(Page.MAX_PAGE) int page,
            @RequestParam(defaultValue = Page.DEFAULT_SIZE) @Min(1) @Max(Page.MAX_SIZE) int size,
            Caller caller) {
        return tickets.ofUser(caller.userId(), (long) page * size, size)
                .map(TicketAnswer::of)
                .collectList()
                .zipWith(tickets.countOfUser(caller.userId()))
                .map(found -> new Page<>(found.getT1(), page, size, found.getT2()));
    }

    @GetMapping("/{id}")
    Mono<TicketAnswer> detail(@PathVariable String id, Caller caller) {
        return own(id, caller).map(TicketAnswer::of);
    }

    /** A void ticket has no code any more. */
    @GetMapping(path = "/{id}/qr", produces = "image/svg+xml")
    Mono<ResponseEntity<byte[]>> qr(@PathVariable String id, Caller caller) {
        return own(id, caller)
                .filter(ticket -> ticket.status() == Ticket.Status.VALID || ticket.status() == Ticket.Status.USED)
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(TicketsProblem.TICKET_VOID).asException()))
                .map(ticket -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(QrSvg.of(codes.of(ticket.id())).getBytes(StandardCharsets.UTF_8)));
    }

    @PostMapping("/check-in")
    @RequireRole({Role.STAFF, Role.ADMIN})
    Mono<TicketAnswer> checkIn(@Valid @RequestBody CheckInRequest request, Caller caller) {
        return gate.use(request.code(), caller.userId()).map(TicketAnswer::of);
    }

    /** For gates that must work without a network. */
    @GetMapping("/check-in/key")
    @RequireRole({Role.STAFF, Role.ADMIN})
    Mono<GateKey> key() {
        return Mono.just(new GateKey("Ed25519", codes.publicKey()));
    }

    private Mono<Ticket> own(String id, Caller caller) {
        return tickets.find(id)
                .filter(ticket -> ticket.userId().equals(caller.userId()))
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(TicketsProblem.TICKET_NOT_FOUND).asException()));
    }
}
