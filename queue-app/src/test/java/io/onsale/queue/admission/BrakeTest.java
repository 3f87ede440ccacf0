package io.onsale.queue.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrakeTest {
    private final Brake brake = new Brake(Duration.ofSeconds(5), 0);

    @Test
    void oneBadAnswerIsNoReasonToSlowDown() {
        brake.bad();
        brake.bad();
        assertThat(brake.share()).isEqualTo(1);
        brake.good(1);
        brake.bad();
        brake.bad();
        assertThat(brake.share()).isEqualTo(1);
    }

    @Test
    void slowsDownToAFloorAndRecoversByItselfButNeverAboveTheRate() {
        for (int i = 0; i < 20; i++) {
            brake.bad();
        }
        assertThat(brake.share()).isEqualTo(0.1);
        for (int i = 0; i < 20; i++) {
            brake.good(i);
        }
        assertThat(brake.share()).isEqualTo(1);
    }

    @Test
    void knowsWhenNothingWasHeard() {
        brake.good(0);
        assertThat(brake.isUnheard(Duration.ofSeconds(5).toNanos())).isFalse();
        assertThat(brake.isUnheard(Duration.ofSeconds(6).toNanos())).isTrue();
    }
}
