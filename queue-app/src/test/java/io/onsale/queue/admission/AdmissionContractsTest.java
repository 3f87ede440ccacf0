package io.onsale.queue.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.kafka.Envelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What the waiting room says on {@code queue.events}, and what it reads on {@code reservation.events}, is what the golden files say. */
class AdmissionContractsTest {
    private static final String EVENT = "01a1fc00-0000-7000-8000-0000000000e1";

    @Test
    void buyerAdmitted() throws Exception {
        Admission admission = new Admission(
                "01a1fc00-0000-7000-8000-0000000000b1", 217_403_090, 17, 1_795_262_405_120L, 1_795_263_005_120L, 900);
        BuyerAdmitted event = BuyerAdmitted.of(EVENT, admission);
        String golden = Files.readString(Path.of("../docs/contracts/queue.events/BuyerAdmitted.json"));
        String told = Envelope.of("id", EVENT, 17, event.admittedAt(), event)
                .payload()
                .toString();
        assertThat(JsonMapper.shared().readTree(told))
                .isEqualTo(JsonMapper.shared().readTree(golden));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SeatsHeld", "HoldExtended", "ReservationConfirmed", "ReservationCancelled", "ReservationExpired"
            })
    void whatConcernsSlotsIsRead(String type) throws Exception {
        String golden = Files.readString(Path.of("../docs/contracts/reservation.events/" + type + ".json"));
        Envelope envelope = new Envelope(
                "id",
                type,
                "reservation",
                1,
                Instant.EPOCH,
                null,
                JsonMapper.shared().readTree(golden));
        Slots.ReservationEvent read = envelope.payloadAs(Slots.ReservationEvent.class);
        assertThat(read.eventId()).isEqualTo("01980000-0000-7000-8000-000000000001");
        assertThat(read.userId()).isEqualTo("01980000-0000-7000-8000-000000000005");
        assertThat(read.passId()).isEqualTo(read.eventId() + ":217403090:17");
        assertThat(read.expiresAt()).isAfter(Instant.parse("2026-03-01T03:04:59Z"));
    }
}
