package io.onsale.queue.waiting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Remembers what people were told when they took their place, and measures how wrong it was when their turn came. */
public final class Forecasts {
    private static final int MOST = 100_000;

    private final Cache<Who, WaitEstimate> told = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofHours(6))
            .build();
    private final DistributionSummary errorSeconds;
    private final Counter within;
    private final Counter outside;

    Forecasts(MeterRegistry meters) {
        errorSeconds = DistributionSummary.builder("onsale.queue.estimate.error")
                .description("How far the middle of the told band was from the wait, seconds")
                .baseUnit("seconds")
                .publishPercentileHistogram()
                .minimumExpectedValue(1.0)
                .maximumExpectedValue(7_200.0)
                .register(meters);
        within = Counter.builder("onsale.queue.estimates")
                .tag("outcome", "within")
                .register(meters);
        outside = Counter.builder("onsale.queue.estimates")
                .tag("outcome", "outside")
                .register(meters);
    }

    private record Who(String eventId, String userId) {}

    /** Notes the band told with a new place. */
    void note(String eventId, String userId, @Nullable WaitEstimate estimate) {
        if (estimate != null) {
            told.put(new Who(eventId, userId), estimate);
        }
    }

    /** Somebody who was told something here was admitted, here or elsewhere. */
    public void settle(String eventId, String userId, long waitedMillis) {
        WaitEstimate estimate = told.asMap().remove(new Who(eventId, userId));
        if (estimate == null) {
            return;
        }
        double waited = waitedMillis / 1000.0;
        errorSeconds.record(Math.abs(waited - (estimate.low() + estimate.high()) / 2.0));
        (waited >= estimate.low() && waited <= estimate.high() ? within : outside).increment();
    }
}
