package io.onsale.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class DetachedTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Detached detached = new Detached(Duration.ofSeconds(30), 2);

    @Test
    void goesOnWhenNobodyWaitsAnyMore() {
        Sinks.One<String> result = Sinks.one();
        Sinks.One<String> heard = Sinks.one();
        Disposable client =
                detached.run(result.asMono().doOnNext(heard::tryEmitValue)).subscribe();
        client.dispose();
        assertThat(detached.underWay()).isEqualTo(1);
        result.tryEmitValue("done");
        assertThat(heard.asMono().block(LIMIT)).isEqualTo("done");
        assertThat(detached.underWay()).isZero();
    }

    @Test
    void refusesAtOnceWhatWouldBeTooMuchAndBeginsNothingOfIt() {
        Sinks.One<String> result = Sinks.one();
        detached.run(result.asMono()).subscribe().dispose();
        detached.run(result.asMono()).subscribe().dispose();
        Mono<String> third = detached.run(Mono.fromSupplier(() -> {
            throw new AssertionError("begun");
        }));
        assertThatThrownBy(() -> third.block(LIMIT)).hasMessageContaining("UNAVAILABLE");
        result.tryEmitValue("done");
        assertThat(detached.run(Mono.just("fourth")).block(LIMIT)).isEqualTo("fourth");
    }

    /** Reactor's hook for errors that reach nobody is where its noise comes from. */
    @Test
    void aFailureAfterTheClientHasGoneMakesNoNoise() {
        List<Throwable> dropped = new CopyOnWriteArrayList<>();
        Hooks.onErrorDropped(dropped::add);
        try {
            Sinks.One<String> result = Sinks.one();
            detached.run(result.asMono()).subscribe().dispose();
            result.tryEmitError(new IllegalStateException("too late to tell"));
            assertThat(detached.underWay()).isZero();
            assertThat(dropped).isEmpty();
        } finally {
            Hooks.resetOnErrorDropped();
        }
    }

    @Test
    void aFailureReachesWhoeverStillWaits() {
        assertThatThrownBy(() -> detached.run(Mono.error(new IllegalStateException("no")))
                        .block(LIMIT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThat(detached.run(Mono.empty()).block(LIMIT)).isNull();
    }
}
