package io.onsale.platform.outbox;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Tells this instance's relay that something was committed; several calls before it looks are one. */
final class Wakeup {

    private final Sinks.Many<Boolean> calls = Sinks.many().multicast().directBestEffort();

    /** Never fails, since the commit has happened: a call lost to another of the same moment is made up for by the relay's next poll. */
    void wake() {
        calls.tryEmitNext(true);
    }

    Flux<Boolean> calls() {
        return calls.asFlux();
    }
}
