package io.onsale.ticketing.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.kafka.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the catalogue says on {@code event.events} is what the golden files say; its readers are tested on the same files. */
class CatalogContractsTest {
    private static final Path CONTRACTS = Path.of("../docs/contracts/event.events");
    private static final Instant NOON = Instant.parse("2026-03-01T03:00:00Z");

    @Test
    void eventChanged() throws IOException {
        Event event = new Event(
                id(1),
                id(2),
                id(8),
                id(9),
                new Event.Texts("겨울밤 콘서트", "The Foxes", "", "CONCERT"),
                new Event.SaleWindow(NOON, Instant.parse("2026-03-31T03:00:00Z")),
                4,
                List.of(new Event.Price("VIP", 154_000)),
                List.of(
                        new Event.Performance(id(4), Instant.parse("2026-04-02T10:00:00Z")),
                        new Event.Performance(id(3), Instant.parse("2026-04-01T10:00:00Z"))),
                new WaitingRoom(10, 50_000, null, 600, WaitingRoom.Mode.DRAW, NOON.minusSeconds(3600)),
                false,
                false,
                false,
                false,
                7);
        assertIsGolden(EventChanged.of(event, NOON.minusSeconds(1)));
    }

    @Test
    void availabilityChanged() throws IOException {
        assertIsGolden(AvailabilityChanged.of(id(1).toString(), 1000, 120, 150, 30, NOON.plusSeconds(5)));
    }

    private static void assertIsGolden(Object payload) throws IOException {
        Envelope envelope = Envelope.of("e", "a", 1, NOON, payload);
        String golden = Files.readString(CONTRACTS.resolve(envelope.eventType() + ".json"));
        assertThat(JsonMapper.shared().readTree(envelope.payload().toString()))
                .isEqualTo(JsonMapper.shared().readTree(golden));
    }

    private static UUID id(int last) {
        return UUID.fromString("01980000-0000-7000-8000-00000000000" + last);
    }
}
