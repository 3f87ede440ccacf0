package io.onsale.ticketing.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.kafka.Envelope;
import io.onsale.ticketing.payments.PaymentFailed;
import io.onsale.ticketing.payments.PaymentRefunded;
import io.onsale.ticketing.payments.PaymentReturned;
import io.onsale.ticketing.payments.PaymentSuccess;
import io.onsale.ticketing.payments.Payments;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.tickets.TicketUsed;
import io.onsale.ticketing.tickets.Tickets;
import io.onsale.ticketing.tickets.TicketsIssued;
import io.onsale.ticketing.tickets.TicketsVoided;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What payments and tickets say on their topics is what the golden files say, and what the saga reads. */
class CheckoutContractsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T03:00:00Z");

    @Test
    void payments() throws IOException {
        isGolden(Payments.TOPIC, new PaymentSuccess(id(6), id(7), id(5), Provider.PORTONE, 308_000, NOON));
        isGolden(Payments.TOPIC, new PaymentFailed(id(6), id(7), id(5), "DECLINED"));
        isGolden(Payments.TOPIC, new PaymentRefunded(id(6), id(7), id(5), id(8), 154_000, false));
        isGolden(Payments.TOPIC, new PaymentReturned(id(6), id(7), id(5), id(8), 154_000, false));
    }

    @Test
    void tickets() throws IOException {
        isGolden(
                Tickets.TOPIC,
                new TicketsIssued(
                        id(7),
                        id(1),
                        id(3),
                        id(5),
                        List.of(new TicketsIssued.Issued(id(9), "7KXM-4QPT-2H6", "1-14-7"))));
        isGolden(Tickets.TOPIC, new TicketsVoided(id(7), id(1), id(3), id(5), List.of(id(9))));
        isGolden(Tickets.TOPIC, new TicketUsed(id(7), id(1), id(3), id(5), id(9), NOON));
    }

    @Test
    void anEventsCancellationIsReadFromTheCataloguesNews() throws IOException {
        String golden = Files.readString(Path.of("../docs/contracts/event.events/EventChanged.json"));
        Envelope envelope = Envelope.fromJson("""
            {"eventId": "x", "eventType": "EventChanged", "aggregateId": "a", "version": 1,
             "occurredAt": "2026-03-01T03:00:00Z", "payload": %s}
            """.formatted(golden));
        MassRefunds.EventChanged read = envelope.payloadAs(MassRefunds.EventChanged.class);
        assertThat(read.eventId()).isEqualTo(id(1));
        assertThat(read.status()).isNotBlank();
    }

    private static void isGolden(String topic, Object payload) throws IOException {
        Envelope envelope = Envelope.of("e", "a", 1, NOON, payload);
        String golden = Files.readString(Path.of("../docs/contracts", topic, envelope.eventType() + ".json"));
        assertThat(JsonMapper.shared().readTree(envelope.payload().toString()))
                .isEqualTo(JsonMapper.shared().readTree(golden));
        assertThat(envelope.payloadAs(payload.getClass())).isEqualTo(payload);
    }

    private static String id(int last) {
        return "01980000-0000-7000-8000-00000000000" + last;
    }
}
