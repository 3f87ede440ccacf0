package io.onsale.platform;

import reactor.core.publisher.Mono;

/**
 * Work that must finish once it began: a capture, a confirmation, a compensation. A client that hangs up stops waiting, not
 * the work.
 */
public final class Detached {

    private Detached() {}

    /** Runs the work at subscription on a subscription of its own, with the caller's context. */
    public static <T> Mono<T> run(Mono<T> work) {
        return Mono.deferContextual(
                context -> Mono.fromFuture(work.contextWrite(context).toFuture(), true));
    }
}
