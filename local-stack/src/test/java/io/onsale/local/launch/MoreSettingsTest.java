package io.onsale.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MoreSettingsTest {

    @Test
    void reachTheAppAndTheInstanceTheyName() {
        Map<String, String> environment = Map.of(
                "ONSALE_SETTINGS_QUEUE",
                "A=1; B=2",
                "ONSALE_SETTINGS_QUEUE_1",
                "B=3",
                "ONSALE_SETTINGS_GATEWAY",
                "C=4");

        assertThat(MoreSettings.of("queue-1", environment)).isEqualTo(Map.of("A", "1", "B", "3"));
        assertThat(MoreSettings.of("queue-2", environment)).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(MoreSettings.of("gateway", environment)).isEqualTo(Map.of("C", "4"));
        assertThat(MoreSettings.of("ticketing-1", environment)).isEmpty();
    }
}
