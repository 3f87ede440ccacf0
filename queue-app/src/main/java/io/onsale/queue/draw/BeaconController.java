package io.onsale.queue.draw;

import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.RequireRole;
import io.onsale.queue.control.ControlAudit;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.Lines;
import io.onsale.queue.waiting.StoreTrouble;
import io.onsale.queue.waiting.WaitingProblem;
import io.onsale.queue.waiting.WaitingSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The public value that is mixed into a draw. Its source is named while people still enter (say, "drand round 4711234"); the value is told
 * once the list of entries is closed, and only then is the order drawn. Neither can be changed.
 */
@RestController
@RequireRole({Role.ADMIN, Role.SELLER})
class BeaconController {
    /** So that every instance has heard of it when the list is closed. */
    private static final Duration NAMED_BEFORE_OPENING = Duration.ofSeconds(10);

    private final Lines lines;
    private final Draws draws;
    private final ControlAudit audit;
    private final Clock clock;
    private final Duration answerWithin;

    BeaconController(Lines lines, Draws draws, ControlAudit audit, Clock clock, WaitingSettings settings) {
        this.lines = lines;
        this.draws = draws;
        this.audit = audit;
        this.clock = clock;
        this.answerWithin = settings.answerWithin();
    }

    /**
     * One of the two.
     *
     * @param source where everybody will find the value
     * @param value as the source gave it
     */
    @Schema(example = "{\"source\": \"drand mainnet, round 4711234, randomness in hex\"}")
    record BeaconRequest(
            @Nullable @Size(min = 1, max = 300) String source,
            @Nullable @Size(min = 1, max = 300) String value) {}

    @PutMapping("/api/v1/queue/admin/{eventId}/beacon")
    Mono<DrawRecord> beacon(
            Caller caller, @PathVariable @Size(max = 64) String eventId, @Valid @RequestBody BeaconRequest request) {
        if ((request.source() == null) == (request.value() == null)) {
            return Mono.error(Problem.invalid("source", "Valid").asException());
        }
        Mono<DrawRecord> telling = lines.requireFor(caller, eventId).flatMap(line -> tell(line, caller, request));
        return StoreTrouble.guard(telling, answerWithin);
    }

    private Mono<DrawRecord> tell(Line line, Caller caller, BeaconRequest request) {
        if (!draws.isCaughtUp()) {
            return Mono.error(WaitingProblem.unavailable());
        }
        DrawRecord known = draws.of(line.eventId());
        if (known == null) {
            return Mono.error(WaitingProblem.NO_DRAW.asException());
        }
        DrawRecord fresh = request.source() != null
                ? named(line, known, request.source())
                : valued(known, Objects.requireNonNull(request.value()));
        if (fresh == null) {
            return Mono.error(WaitingProblem.BEACON_REFUSED.asException());
        }
        return draws.publish(fresh)
                .doOnNext(told -> audit.record(
                        line,
                        caller,
                        "BEACON",
                        before(known),
                        Map.of(
                                "stage",
                                told.stage(),
                                "beacon",
                                request.source() != null
                                        ? request.source()
                                        : Objects.requireNonNull(request.value()))));
    }

    private @Nullable DrawRecord named(Line line, DrawRecord known, String source) {
        boolean inTime = clock.millis() < line.sale().opensAtMillis() - NAMED_BEFORE_OPENING.toMillis();
        return inTime && known.order() == 1 ? known.withBeaconSource(source) : null;
    }

    private static @Nullable DrawRecord valued(DrawRecord known, String value) {
        return known.waitsForBeacon() ? known.withBeacon(value) : null;
    }

    private static Map<String, String> before(DrawRecord known) {
        String source = known.beaconSource();
        return Map.of("stage", known.stage(), "beacon", source == null ? "" : source);
    }
}
