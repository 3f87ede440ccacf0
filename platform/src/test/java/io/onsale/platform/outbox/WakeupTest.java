package io.onsale.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WakeupTest {

    @Test
    void callsOfTheSameMomentDisturbNobodyAndOneIsHeard() {
        Wakeup wakeup = new Wakeup();
        AtomicInteger heard = new AtomicInteger();
        wakeup.calls().doOnNext(call -> slowly(heard)).subscribe();
        assertThatCode(() -> IntStream.range(0, 8).parallel().forEach(thread -> wakeup.wake()))
                .doesNotThrowAnyException();
        assertThat(heard).hasPositiveValue();
    }

    /** Longer than anybody would spin for. */
    private static void slowly(AtomicInteger heard) {
        heard.incrementAndGet();
        long end = System.nanoTime() + 30_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
