package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.stores.TestStores;
import io.onsale.platform.tokens.Role;
import io.onsale.queue.waiting.LineLab;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** An instance that starts while the brokers do not answer: what was decided of lines and draws is not known, so that none is open. */
@DirtiesContext
@TestPropertySource(properties = "spring.main.banner-mode=off") // an app of its own: one that runs already knows
class BrokersAwayTest extends RunningQueue {

    @BeforeAll
    static void away() {
        TestStores.kafka().pause();
    }

    @Override
    void ready() {
        // Not before they are back.
    }

    @Test
    void nothingIsAnsweredOrSetBeforeItIsKnownWhatWasDecided() {
        onSale(Map.of("mode", "DRAW"));
        WebTestClient seller = as("seller-1", Role.SELLER);
        try {
            as("balancer").get().uri("/readyz").exchange().expectStatus().isEqualTo(503);
            notYet(as("buyer").post().uri("/api/v1/queue/enter").bodyValue(Map.of("eventId", eventId)));
            notYet(seller.patch().uri("/api/v1/queue/admin/{id}", eventId).bodyValue(Map.of("state", "PAUSED")));
            notYet(seller.post().uri("/api/v1/queue/admin/{id}/clear", eventId).bodyValue(Map.of("confirm", eventId)));
            notYet(as("buyer").get().uri("/api/v1/queue/draw?eventId={id}", eventId));
            notYet(as("buyer").get().uri("/api/v1/queue/draw/entries?eventId={id}", eventId));
            notYet(seller.put()
                    .uri("/api/v1/queue/admin/{id}/beacon", eventId)
                    .bodyValue(Map.of("source", "round 4711")));
            leavesTheMeterAlone(seller);
        } finally {
            TestStores.kafka().resume();
        }
        await(Duration.ofSeconds(30), this::isReady);
        enter("buyer");
    }

    /** A look is a tick: other instances, which do know, live on what accrues. */
    private void leavesTheMeterAlone(WebTestClient seller) {
        LineLab.actElsewhere(eventId, "set_control.lua", "0", "rate", "200");
        String meta = LineLab.metaOf(eventId);
        LineLab.REDIS.run(command -> command.hset(meta, "credit", "5.5")).block();
        seller.get()
                .uri("/api/v1/queue/admin/stats?eventId={id}", eventId)
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(LineLab.REDIS.run(command -> command.hget(meta, "credit")).block())
                .isEqualTo("5.5");
    }

    private static void notYet(WebTestClient.RequestHeadersSpec<?> request) {
        request.exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("WAITING_ROOM_UNAVAILABLE");
    }
}
