package io.onsale.ticketing.reservations.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HoldPaceControllerTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void holdsAreCountedHoweverTheyEndedAndNothingElseIs() throws Exception {
        answered("POST", "/api/v1/reservations/hold", "201", 800);
        answered("POST", "/api/v1/reservations/hold", "409", 400);
        answered("DELETE", "/api/v1/reservations/hold", "204", 50);
        answered("POST", "/api/v1/payments", "201", 50);
        String told = JsonMapper.shared().writeValueAsString(new HoldPaceController(meters).pace());
        assertThat(JsonMapper.shared().readTree(told))
                .isEqualTo(JsonMapper.shared()
                        .readTree(Files.readString(Path.of("../docs/contracts/internal/hold-pace.json"))));
    }

    /** Each took 80 ms. */
    private void answered(String method, String uri, String status, int times) {
        Timer timer = meters.timer("http.server.requests", "method", method, "uri", uri, "status", status);
        for (int i = 0; i < times; i++) {
            timer.record(Duration.ofMillis(80));
        }
    }
}
