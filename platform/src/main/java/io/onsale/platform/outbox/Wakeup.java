package io.onsale.platform.outbox;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Tells this instance's relay that something was committed; several calls before it looks are one. */
final class Wakeup {

    private final Sinks.Many<Boolean> calls = Sinks.many().multicast().directBestEffort();

    void wake() {
        calls.emitNext(true, Sinks.EmitFailureHandler.busyLooping(Duration.ofMillis(10)));
    }

    Flux<Boolean> calls() {
        return calls.asFlux();
    }
}
