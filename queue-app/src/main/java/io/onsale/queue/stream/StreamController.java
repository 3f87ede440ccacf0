package io.onsale.queue.stream;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.web.Open;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.Lines;
import io.onsale.queue.waiting.StoreTrouble;
import io.onsale.queue.waiting.WaitingRoom;
import io.onsale.queue.waiting.WaitingSettings;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Live position by server-sent events. */
@RestController
@RequestMapping("/api/v1/queue")
class StreamController {
    static final String PATH = "/stream";

    private static final Duration LONGEST_PASS = Duration.ofHours(1);

    private final Lines lines;
    private final WaitingRoom room;
    private final StreamHub hub;
    private final Positions positions;
    private final StreamTickets tickets;
    private final Clock clock;
    private final Duration answerWithin;

    StreamController(
            Lines lines,
            WaitingRoom room,
            StreamHub hub,
            Positions positions,
            StreamTickets tickets,
            Clock clock,
            WaitingSettings settings) {
        this.lines = lines;
        this.room = room;
        this.hub = hub;
        this.positions = positions;
        this.tickets = tickets;
        this.clock = clock;
        this.answerWithin = settings.answerWithin();
    }

    @Schema(example = "{\"eventId\": \"01980000-0000-7000-8000-000000000001\"}")
    record TicketRequest(@NotBlank @Size(max = 64) String eventId) {}

    record Ticket(String ticket, Instant expiresAt) {}

    /** A ticket for the stream, good as long as the sale; without a place in line it opens nothing. */
    @PostMapping("/stream-ticket")
    Mono<Ticket> ticket(Caller caller, @Valid @RequestBody TicketRequest request) {
        Mono<Ticket> issuing = lines.require(request.eventId())
                .flatMap(line -> room.standing(line, caller.userId()).map(standing -> issue(line, caller.userId())));
        return StoreTrouble.guard(issuing, answerWithin);
    }

    private Ticket issue(Line line, String userId) {
        Instant end = Instant.ofEpochMilli(line.sale().closesAtMillis()).plus(LONGEST_PASS);
        return new Ticket(tickets.issue(userId, line.eventId(), end), end);
    }

    @Open
    @ApiResponse(
            responseCode = "200",
            description = "Events `line`, `position`, `admitted`, `notice` and `closed`",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> stream(
            @Nullable Caller caller,
            @RequestParam @NotBlank @Size(max = 64) String eventId,
            @RequestParam(required = false) @Nullable @Size(max = 512) String ticket,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable @Size(max = 64) String lastEventId,
            ServerWebExchange exchange) {
        String userId = caller != null ? caller.userId() : holderOf(ticket, eventId);
        boolean cameBack = lastEventId != null && !lastEventId.isEmpty();
        DataBufferFactory buffers = exchange.getResponse().bufferFactory();
        return StoreTrouble.guard(
                        lines.require(eventId).flatMap(line -> open(line, userId, cameBack, buffers)), answerWithin)
                .doOnNext(stream -> StreamWriter.writeAfterwards(exchange, stream))
                .then();
    }

    /** Listens before it reads, so that an admission in between is not missed. */
    private Mono<LiveStream> open(Line line, String userId, boolean cameBack, DataBufferFactory buffers) {
        LiveStream stream = hub.open(line, userId, buffers);
        return room.standing(line, userId)
                .doOnNext(standing -> {
                    hub.greet(line, stream, cameBack);
                    positions.tell(line, stream, standing);
                })
                .thenReturn(stream)
                .doOnError(refused -> stream.cancel())
                .doOnCancel(stream::cancel);
    }

    private String holderOf(@Nullable String ticket, String eventId) {
        if (ticket == null) {
            throw Problem.of(CommonProblem.TOKEN_MISSING).asException();
        }
        String userId = tickets.userOf(ticket, eventId, clock.instant());
        if (userId == null) {
            throw Problem.of(CommonProblem.TOKEN_INVALID).asException();
        }
        return userId;
    }
}
