package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the line does about what it hears of those it lets people in to, and what it says of its own word. */
class TicketingIllnessTest extends RunningQueue {
    @Autowired
    private MeterRegistry meters;

    @Test
    void slowHoldsSlowAdmissionDownAndQuickOnesGiveItBack() {
        try {
            TicketingStandIn.holdsTake(9_000);
            await(Duration.ofSeconds(15), () -> share() < 1);
            TicketingStandIn.holdsTake(20);
            await(Duration.ofSeconds(30), () -> share() == 1);
        } finally {
            TicketingStandIn.holdsTake(20);
        }
    }

    @Test
    void whatPeopleWereToldIsComparedWithHowLongTheyWaited() {
        double before = estimates();
        onSale(Map.of());
        enter("buyer");
        await(() -> estimates() == before + 1);
        assertThat(meters.get("onsale.queue.estimate.error").summary().count()).isPositive();
    }

    private double share() {
        return meters.get("onsale.queue.brake.share").gauge().value();
    }

    private double estimates() {
        return meters.find("onsale.queue.estimates").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
