package io.onsale.loadtest.demo;

import reactor.core.publisher.Mono;

/** A buyer's day from pressing "buy" to whatever end. Never an error. */
final class Journey {

    private Journey() {}

    static Mono<Ending> of(Visitor visitor) {
        return Mono.defer(() -> {
                    visitor.tally.arrived.increment();
                    return new WaitInLine(visitor).pass();
                })
                .flatMap(pass -> new Shop(visitor, pass).hold())
                .flatMap(held -> new Checkout(visitor, held).run())
                .timeout(
                        visitor.crowd.limit(),
                        Mono.just(Ending.because(Ending.Kind.UNSERVED, "the demo's time was over")))
                .onErrorResume(Ending.Reached.class, end -> Mono.just(end.ending()))
                .onErrorResume(failure ->
                        Mono.just(Ending.because(Ending.Kind.UNSERVED, String.valueOf(failure.getMessage()))))
                .doOnNext(visitor.tally::end);
    }
}
