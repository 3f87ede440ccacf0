package io.onsale.ticketing.reservations.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How quickly this instance has answered holds: what the waiting room's brake goes by. Totals since the start, so that whoever asks
 * takes the difference to when they last asked. The contract is {@code docs/contracts/internal/hold-pace.json}.
 */
@RestController
class HoldPaceController {
    private final MeterRegistry meters;

    HoldPaceController(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * @param answered holds, however they ended
     * @param totalMillis all of them together took
     */
    record HoldPace(long answered, long totalMillis) {}

    @GetMapping("/internal/reservations/hold-pace")
    HoldPace pace() {
        Collection<Timer> timers = meters.find("http.server.requests")
                .tag("method", "POST")
                .tag("uri", "/api/v1/reservations/hold")
                .timers();
        return new HoldPace(timers.stream().mapToLong(Timer::count).sum(), (long) timers.stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS))
                .sum());
    }
}
