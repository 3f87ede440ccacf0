package io.onsale.loadtest.fault;

import io.netty.buffer.Unpooled;
import io.onsale.loadtest.Json;
import io.onsale.loadtest.people.Buyers;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clients who send a request and are gone within a blink, before or while it is worked on: holds at ticketing-app and enters at the
 * gateway. Their event is their own, so that the crowd finds its seats.
 */
final class HangUps {

    private static final int AT_ONCE = 300;
    private static final int SEATS = 1_000;

    private final Strike strike;
    private final LongAdder gone = new LongAdder();
    private final LongAdder answered = new LongAdder();

    HangUps(Strike strike) {
        this.strike = strike;
    }

    void run(int clients) {
        List<Buyer> buyers = new Buyers(strike.stack()).make(400);
        var stage = strike.eventOfItsOwn(SEATS);
        ConnectionProvider connections = ConnectionProvider.builder("hang-ups")
                .maxConnections(AT_ONCE)
                .pendingAcquireMaxCount(-1)
                .build();
        HttpClient client = HttpClient.create(connections);
        String hold = strike.stack().ticketingApp(1) + "/api/v1/reservations/hold";
        String enter = strike.stack().gateway() + "/api/v1/queue/enter";
        Flux.range(0, clients)
                .flatMap(
                        i -> {
                            Buyer buyer = buyers.get(i % buyers.size());
                            int seat = strike.random().nextInt(stage.seatIds().size());
                            Duration patience =
                                    Duration.ofMillis(strike.random().nextInt(60));
                            ObjectNode body = Json.object();
                            if (i % 4 == 0) {
                                return impatient(
                                        client, enter, buyer, body.put("eventId", strike.crowdsEvent()), patience);
                            }
                            body.put("performanceId", stage.performanceId());
                            body.set(
                                    "seatIds",
                                    Json.array(List.of(stage.seatIds().get(seat))));
                            return impatient(client, hold, buyer, body, patience);
                        },
                        AT_ONCE)
                .blockLast(Duration.ofMinutes(5));
        connections.disposeLater().block(Duration.ofSeconds(10));
        if (gone.sum() == 0) {
            throw new StruckNobodyException("everybody was answered before they could hang up");
        }
        Victims.say(gone.sum() + " clients hung up, " + answered.sum() + " were answered before they could");
    }

    /** The time-out cancels the exchange, and that closes its connection. */
    private Mono<Void> impatient(HttpClient client, String url, Buyer buyer, ObjectNode body, Duration patience) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return client.headers(headers -> headers.set("Authorization", "Bearer " + buyer.accessToken())
                        .set("X-Forwarded-For", buyer.address())
                        .set("Idempotency-Key", "\"" + UUID.randomUUID() + "\"")
                        .set("Content-Type", "application/json"))
                .post()
                .uri(url)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes)))
                .response()
                .timeout(patience)
                .doOnNext(response -> answered.increment())
                .doOnError(failure -> gone.increment())
                .onErrorComplete()
                .then();
    }
}
