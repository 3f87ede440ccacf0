package io.onsale.queue.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What live position costs: it must not grow with the number of streams, but for the frames themselves. */
final class StreamMeters {
    private final Counter ticks;
    private final Counter encodings;
    private final Counter exactReads;

    StreamMeters(MeterRegistry meters) {
        ticks = Counter.builder("onsale.queue.stream.ticks")
                .description("Times that open streams of a line were told its news")
                .register(meters);
        encodings = Counter.builder("onsale.queue.stream.encodings")
                .description("Frames encoded for all streams of a line together")
                .register(meters);
        exactReads = Counter.builder("onsale.queue.stream.exact.reads")
                .description("Places read exactly for open streams")
                .register(meters);
    }

    void ticked() {
        ticks.increment();
    }

    void encoded() {
        encodings.increment();
    }

    void readExactly(int places) {
        exactReads.increment(places);
    }
}
