package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.stores.TestStores;
import io.onsale.platform.Ids;
import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.kafka.EventSubscription;
import io.onsale.platform.tokens.Role;
import io.onsale.queue.waiting.LineLab;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** What operators do to a line: it is written down, it ends when they say, and it outlives the store. */
@DirtiesContext
@TestPropertySource(properties = "onsale.redis.command-timeout=5s") // longer than a request waits for its answer
class OperatorsTest extends RunningQueue {
    private static final List<Envelope> TOLD = new CopyOnWriteArrayList<>();
    private static final List<Envelope> KEPT = new CopyOnWriteArrayList<>();

    @TestConfiguration
    static class Ear {
        @Bean
        EventSubscription queueEvents() {
            return EventSubscription.everyInstance(
                    "ear-of-the-test", "queue.events", event -> Mono.fromRunnable(() -> TOLD.add(event)));
        }

        @Bean
        EventSubscription queueControls() {
            return EventSubscription.everyInstance(
                    "ear-of-the-test", "queue.controls", event -> Mono.fromRunnable(() -> KEPT.add(event)));
        }
    }

    @Autowired
    private EventPublisher publisher;

    @BeforeEach
    void slowSale() {
        onSale(Map.of("ratePerSecond", 0.01));
        control(Map.of("state", "PAUSED"));
    }

    @Test
    void everyActIsToldWithWhoWhenAndWhatWasBefore() {
        Instant begun = Instant.now().minusSeconds(1);
        enter("buyer");
        control(Map.of("ratePerSecond", 0.5));
        control(Map.of("ratePerSecond", 2, "notice", "Soon"));
        clear();
        await(() -> acts().size() == 4);
        Envelope second = acts().get(2);
        assertThat(second.payload().path("actorId").asString()).isEqualTo("seller-1");
        assertThat(second.payload().path("actorRole").asString()).isEqualTo("SELLER");
        assertThat(second.payload().path("act").asString()).isEqualTo("CHANGE");
        assertThat(second.payload().path("before").path("rate").asString()).isEqualTo("0.5");
        assertThat(second.payload().path("before").path("notice").asString()).isEmpty();
        assertThat(second.payload().path("after").path("rate").asString()).isEqualTo("2");
        assertThat(second.payload().path("after").path("notice").asString()).isEqualTo("Soon");
        assertThat(Instant.parse(second.payload().path("at").asString())).isBetween(begun, Instant.now());
        Envelope last = acts().get(3);
        assertThat(last.payload().path("act").asString()).isEqualTo("CLEAR");
        assertThat(last.payload().path("before").path("waiting").asString()).isEqualTo("1");
    }

    @Test
    void aDrainEndsAtItsCutOffForThoseWhoStillWait() {
        enter("buyer");
        Instant cutOff = Instant.now().plusSeconds(3);
        Map<?, ?> stats = control(Map.of("state", "DRAINING", "cutOffAt", cutOff.toString()));
        assertThat(stats.get("state")).isEqualTo("DRAINING");
        assertThat(Instant.parse((String) stats.get("cutOffAt")))
                .isEqualTo(Instant.ofEpochMilli(cutOff.toEpochMilli()));
        refused(as("late").post().uri("/api/v1/queue/enter").bodyValue(Map.of("eventId", eventId)), 409);
        assertThat(status("buyer").state()).isEqualTo("WAITING");
        await(() -> status("buyer").state().equals("CLOSED"));
        assertThat(Instant.now()).isAfterOrEqualTo(cutOff);

        Map<?, ?> reopened = control(Map.of("state", "OPEN", "ratePerSecond", 10));
        assertThat(reopened.get("cutOffAt")).isNull();
        await(() -> status("buyer").state().equals("ADMITTED"));
    }

    @Test
    void aCutOffBelongsToADrain() {
        String soon = Instant.now().plusSeconds(60).toString();
        for (Map<String, Object> body :
                List.<Map<String, Object>>of(Map.of("cutOffAt", soon), Map.of("state", "PAUSED", "cutOffAt", soon))) {
            refused(operator().patch().uri("/api/v1/queue/admin/{id}", eventId).bodyValue(body), 400);
        }
    }

    /** A line that was paused does not open again by itself because the store was emptied. */
    @Test
    void whatWasSetOutlivesTheStore() {
        control(Map.of("ratePerSecond", 25, "capacity", 7, "notice", "A short break"));
        TestStores.redisTarget().wipe();
        await(() -> stats().get("state").equals("PAUSED"));
        assertThat(stats().get("capacity")).isEqualTo(7);
        assertThat(stats().get("ratePerSecond")).isEqualTo(25.0);
        assertThat(stats().get("notice")).isEqualTo("A short break");
        control(Map.of("state", "OPEN", "notice", ""));
        assertThat(stats().get("state")).as("later acts count from now on").isEqualTo("OPEN");
        assertThat(stats().get("notice")).isEqualTo("");
    }

    @Test
    void anActOnAStoreThatForgotKeepsTheEarlierOnes() {
        TestStores.redisTarget().wipe();
        assertThat(control(Map.of("notice", "We are back")).get("state")).isEqualTo("PAUSED");
    }

    /** The store answers when the request has been given up: what was done stands all the same, so it is kept and written down. */
    @Test
    void anActThatOutlastsItsRequestIsKeptAndWrittenDown() {
        TestStores.redisTarget().pause();
        try {
            refused(operator().patch().uri("/api/v1/queue/admin/{id}", eventId).bodyValue(Map.of("capacity", 7)), 503);
        } finally {
            TestStores.redisTarget().resume();
        }
        await(() -> acts().size() == 2);
        assertThat(acts().get(1).payload().path("after").path("capacity").asString())
                .isEqualTo("7");
        await(() -> kept().size() == 2);
    }

    /** Another instance acted and died before it told anybody. */
    @Test
    void anActThatNobodyToldIsKeptByWhoeverFindsItInTheStore() {
        enter("buyer");
        LineLab.actElsewhere(eventId, "set_control.lua", "0", "notice", "We are back at six");
        await(() -> kept().size() == 2);
        TestStores.redisTarget().wipe();
        await(() -> stats().get("notice").equals("We are back at six"));
    }

    /** Before any tick has met the emptied store. */
    @Test
    void nobodyJoinsALineThatForgotThatItIsDrained() {
        control(Map.of("state", "DRAINING"));
        TestStores.redisTarget().wipe();
        refused(as("late").post().uri("/api/v1/queue/enter").bodyValue(Map.of("eventId", eventId)), 409);
    }

    /** Sent again after a while by an instance that could not reach the brokers: the topic would be left with it. */
    @Test
    void anOlderRecordThatComesLateIsFollowedByTheNewestAgain() {
        await(() -> kept().size() == 1);
        Envelope newest = kept().get(0);
        var older = Map.of("eventId", eventId, "version", 1, "settings", Map.of("state", "OPEN"));
        publisher
                .publish("queue.controls", Envelope.of(Ids.next(), eventId, 1, newest.occurredAt(), older))
                .block(Duration.ofSeconds(10));
        await(() -> kept().size() == 3);
        assertThat(kept().get(2).payload()).isEqualTo(newest.payload());
    }

    @Test
    void whoWasSentAwayDoesNotComeBackByAnOldToken() {
        String token = enter("buyer").placeToken();
        clear();
        enter("other");
        TestStores.redisTarget().wipe();
        await(() -> stats().get("state").equals("PAUSED"));
        enter("newcomer");
        Answer back = enter("buyer", Map.of("eventId", eventId, "placeToken", token));
        assertThat(back.ahead()).as("behind the newcomer").isEqualTo(1);
    }

    private void clear() {
        operator()
                .post()
                .uri("/api/v1/queue/admin/{id}/clear", eventId)
                .bodyValue(Map.of("confirm", eventId))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private Map<?, ?> stats() {
        return operator()
                .get()
                .uri("/api/v1/queue/admin/stats?eventId={id}", eventId)
                .exchange()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
    }

    private List<Envelope> acts() {
        return TOLD.stream()
                .filter(event ->
                        event.aggregateId().equals(eventId) && event.eventType().equals("LineControlled"))
                .toList();
    }

    private List<Envelope> kept() {
        return KEPT.stream()
                .filter(event -> event.aggregateId().equals(eventId))
                .toList();
    }

    private WebTestClient operator() {
        return as("seller-1", Role.SELLER);
    }

    private static void refused(WebTestClient.RequestHeadersSpec<?> request, int status) {
        request.exchange().expectStatus().isEqualTo(status);
    }
}
