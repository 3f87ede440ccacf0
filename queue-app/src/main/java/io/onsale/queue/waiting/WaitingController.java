package io.onsale.queue.waiting;

import io.onsale.platform.tokens.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The buyer's side of the line (REQ-QUEUE). */
@RestController
@RequestMapping("/api/v1/queue")
class WaitingController {
    private final WaitingRoom room;

    WaitingController(WaitingRoom room) {
        this.room = room;
    }

    /**
     * @param placeToken as told before, to get an old place back after the line lost its memory
     * @param proof of work, where one is asked for
     */
    @Schema(example = "{\"eventId\": \"01980000-0000-7000-8000-000000000001\"}")
    record EnterRequest(
            @NotBlank @Size(max = 64) String eventId,
            @Nullable @Size(max = 512) String placeToken,
            @Nullable @Size(max = 2048) String proof) {}

    @Schema(example = "{\"eventId\": \"01980000-0000-7000-8000-000000000001\"}")
    record HeartbeatRequest(@NotBlank @Size(max = 64) String eventId) {}

    @PostMapping("/enter")
    Mono<Standing> enter(Caller caller, @Valid @RequestBody EnterRequest request) {
        return room.enter(caller.userId(), request.eventId(), request.placeToken());
    }

    @GetMapping("/status")
    Mono<Standing> status(Caller caller, @RequestParam @NotBlank @Size(max = 64) String eventId) {
        return room.status(caller.userId(), eventId);
    }

    @PostMapping("/heartbeat")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> heartbeat(Caller caller, @Valid @RequestBody HeartbeatRequest request) {
        return room.heartbeat(caller.userId(), request.eventId());
    }

    @DeleteMapping("/leave")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> leave(Caller caller, @RequestParam @NotBlank @Size(max = 64) String eventId) {
        return room.leave(caller.userId(), eventId);
    }
}
