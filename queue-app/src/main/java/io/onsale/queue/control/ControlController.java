package io.onsale.queue.control;

import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.RequireRole;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.Lines;
import io.onsale.queue.waiting.StoreTrouble;
import io.onsale.queue.waiting.WaitingSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What operators see and decide: administrators everywhere, sellers for their own events. */
@RestController
@RequestMapping("/api/v1/queue/admin")
@RequireRole({Role.ADMIN, Role.SELLER})
class ControlController {
    private final Lines lines;
    private final Control control;
    private final WaitingSettings settings;

    ControlController(Lines lines, Control control, WaitingSettings settings) {
        this.lines = lines;
        this.control = control;
        this.settings = settings;
    }

    /** What an operator may set of a line's state. */
    enum OperatorState {
        OPEN,
        PAUSED,
        DRAINING
    }

    /**
     * Absent fields stay as they are; an empty notice is taken down.
     *
     * @param cutOffAt with DRAINING: whoever waits then is told that the line is closed; a moment in the past closes it at once
     */
    @Schema(example = "{\"ratePerSecond\": 10, \"state\": \"OPEN\", \"notice\": \"A short break.\"}")
    record ControlRequest(
            @Nullable @DecimalMin("0.01") @DecimalMax("1000")
            BigDecimal ratePerSecond,

            @Nullable @Min(0) @Max(16_000_000) Integer capacity,
            @Nullable @Min(0) @Max(16_000_000) Integer activeLimit,
            @Nullable OperatorState state,
            @Nullable Instant cutOffAt,
            @Nullable @Size(max = 500) String notice) {

        boolean isCutOffOfADrain() {
            return cutOffAt == null || state == OperatorState.DRAINING;
        }
    }

    @GetMapping("/stats")
    Mono<LineStats> stats(Caller caller, @RequestParam @NotBlank @Size(max = 64) String eventId) {
        return guarded(caller, eventId, control::stats);
    }

    @PatchMapping("/{eventId}")
    Mono<LineStats> change(
            Caller caller, @PathVariable @Size(max = 64) String eventId, @Valid @RequestBody ControlRequest request) {
        if (!request.isCutOffOfADrain()) {
            return Mono.error(Problem.invalid("cutOffAt", "Valid").asException());
        }
        return guarded(caller, eventId, line -> control.change(line, caller, request));
    }

    /**
     * @param confirm the event's id once more, so that nobody empties a line by a slip
     */
    @Schema(example = "{\"confirm\": \"01980000-0000-7000-8000-000000000001\"}")
    record ClearRequest(@NotBlank @Size(max = 64) String confirm) {}

    /** Sends everybody who waits away; passes stay. */
    @PostMapping("/{eventId}/clear")
    Mono<LineStats> clear(
            Caller caller, @PathVariable @Size(max = 64) String eventId, @Valid @RequestBody ClearRequest request) {
        if (!request.confirm().equals(eventId)) {
            return Mono.error(Problem.invalid("confirm", "Valid").asException());
        }
        return guarded(caller, eventId, line -> control.clear(line, caller));
    }

    private Mono<LineStats> guarded(Caller caller, String eventId, Function<Line, Mono<LineStats>> work) {
        Mono<LineStats> answer = lines.requireFor(caller, eventId).flatMap(work);
        return StoreTrouble.guard(answer, settings.answerWithin());
    }
}
