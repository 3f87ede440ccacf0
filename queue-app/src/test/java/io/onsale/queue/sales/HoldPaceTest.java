package io.onsale.queue.sales;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HoldPaceTest {

    @Test
    void theMeanIsOfTheHoldsSinceTheLastQuestion() throws Exception {
        String golden = Files.readString(Path.of("../docs/contracts/internal/hold-pace.json"));
        HoldPace earlier = JsonMapper.shared().readValue(golden, HoldPace.class);
        assertThat(new HoldPace(1_210, 116_000).meanMillisSince(earlier)).isEqualTo(2_000);
        assertThat(earlier.meanMillisSince(earlier)).as("no hold since").isZero();
        assertThat(new HoldPace(3, 90_000).meanMillisSince(earlier))
                .as("a restart")
                .isZero();
    }
}
