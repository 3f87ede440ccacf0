package io.onsale.queue.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.kafka.Envelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The golden files of {@code event.events} are understood here; the catalogue is tested on the same files. */
class CatalogueContractsTest {

    @Test
    void aSnapshotOfAnEventIsASale() throws Exception {
        Sale sale = golden("EventChanged").payloadAs(EventChanged.class).toSale();
        assertThat(sale.eventId()).isEqualTo("01980000-0000-7000-8000-000000000001");
        assertThat(sale.opensAtMillis())
                .isEqualTo(Instant.parse("2026-03-01T03:00:00Z").toEpochMilli());
        assertThat(sale.version()).isEqualTo(7);
        assertThat(sale.room())
                .isEqualTo(new Sale.Room(
                        10,
                        50_000,
                        null,
                        600_000,
                        Sale.Mode.DRAW,
                        Instant.parse("2026-03-01T02:00:00Z").toEpochMilli()));
        assertThat(sale.room().cap())
                .as("the cap never throttles the rate by itself")
                .isEqualTo(6_000);
    }

    @Test
    void aCountOfSeatsTellsWhetherAnythingIsLeft() throws Exception {
        Availability seats = golden("AvailabilityChanged").payloadAs(Availability.class);
        assertThat(seats.isSoldOut()).isFalse();
        assertThat(seats.isAllHeld()).isFalse();
        assertThat(new Availability("e", 10, 0, 2, 8, 0, seats.asOf()).isAllHeld())
                .isTrue();
        assertThat(new Availability("e", 10, 0, 0, 8, 2, seats.asOf()).isSoldOut())
                .isTrue();
    }

    private static Envelope golden(String type) throws Exception {
        String json = Files.readString(Path.of("../docs/contracts/event.events/" + type + ".json"));
        return new Envelope(
                "id", type, "event", 1, Instant.EPOCH, null, JsonMapper.shared().readTree(json));
    }
}
