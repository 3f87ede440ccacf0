package io.onsale.queue.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.kafka.Envelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is told of operators' acts on {@code queue.events} is what the golden file says. */
class ControlContractsTest {
    private static final String EVENT = "01a1fc00-0000-7000-8000-0000000000e1";

    @Test
    void lineControlled() throws Exception {
        Instant at = Instant.parse("2026-11-21T12:00:00Z");
        var event = new ControlAudit.LineControlled(
                EVENT,
                "01a1fc00-0000-7000-8000-0000000000a1",
                "SELLER",
                "CHANGE",
                Map.of("rate", "", "notice", "Soon"),
                Map.of("rate", "0.5", "notice", ""),
                at);
        String golden = Files.readString(Path.of("../docs/contracts/queue.events/LineControlled.json"));
        String told =
                Envelope.of("id", EVENT, at.toEpochMilli(), at, event).payload().toString();
        assertThat(JsonMapper.shared().readTree(told))
                .isEqualTo(JsonMapper.shared().readTree(golden));
    }
}
