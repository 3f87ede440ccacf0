package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.stores.RedisTarget;
import io.onsale.local.stores.TestStores;
import io.onsale.queue.waiting.LineLab;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.annotation.DirtiesContext;
import reactor.core.Disposable;

/** The store stops, dies, comes back: nobody is let in unmetered, answers are fast, streams stay and tell. */
@DirtiesContext
class StoreTroubleTest extends RunningQueue {
    private final RedisTarget redis = TestStores.redisTarget();

    @Test
    void aStoppedStoreIsAnsweredWithinASecondAndStreamsTell() {
        onSale(Map.of("ratePerSecond", 1));
        for (int i = 0; i < 5; i++) {
            enter("person-" + i);
        }
        List<ServerSentEvent<Map<String, Object>>> heard = new CopyOnWriteArrayList<>();
        Disposable stream = listen("person-4", heard);
        await(() -> heard.stream().anyMatch(event -> "position".equals(event.event())));
        redis.pause();
        try {
            for (int i = 0; i < 5; i++) {
                refusedWithinASecond();
            }
            await(() -> heard.stream()
                    .anyMatch(event -> "line".equals(event.event())
                            && "UNAVAILABLE".equals(event.data().get("state"))));
        } finally {
            redis.resume();
        }
        await(() -> heard.stream().anyMatch(event -> "admitted".equals(event.event())));
        stream.dispose();
    }

    @Test
    void aKilledAndEmptiedStoreGetsTheLineBackFromItsPeople() {
        onSale(Map.of("ratePerSecond", 0.01));
        control(Map.of("state", "PAUSED"));
        List<Answer> before = List.of(enter("first"), enter("second"), enter("third"));
        List<ServerSentEvent<Map<String, Object>>> heard = new CopyOnWriteArrayList<>();
        Disposable stream = listen("second", heard);
        await(() -> heard.stream().anyMatch(event -> "position".equals(event.event())));
        redis.kill();
        refusedWithinASecond();
        redis.start();
        await(() -> isBack("newcomer"));
        assertThat(enter(
                                "third",
                                Map.of(
                                        "eventId",
                                        eventId,
                                        "placeToken",
                                        before.get(2).placeToken()))
                        .state())
                .isEqualTo("RECOVERING");
        assertThat(enter(
                                "first",
                                Map.of(
                                        "eventId",
                                        eventId,
                                        "placeToken",
                                        before.get(0).placeToken()))
                        .ahead())
                .isEqualTo(0);
        await(() -> status("third").ahead() == 2); // "second" was brought back by the proof its open stream holds
        assertThat(status("newcomer").ahead()).isEqualTo(3);
        stream.dispose();
    }

    /** Whatever is refused, nothing may look like a success, and nobody waits for it. */
    @Test
    void aStoreThatRefusesWritesIsAnsweredWithinASecondAndNobodyGetsInTwice() {
        onSale(Map.of("ratePerSecond", 1));
        enter("early");
        redis.refuseWrites();
        try {
            refusedWithinASecond();
            awaitOutOfReach("early");
        } finally {
            redis.takeWrites();
        }
        await(() -> isBack("late"));
        await(() -> asked("early") == 200); // the line looks at its store once a tick
        await(() -> status("early").state().equals("ADMITTED"));
    }

    /** A full store takes nobody new; the line gets shorter all the same, which is what frees memory. */
    @Test
    void aStoreOutOfMemoryTakesNobodyNewAndServesThoseInLine() {
        onSale(Map.of("ratePerSecond", 1));
        enter("early");
        enter("second");
        redis.limitMemory(1);
        try {
            refusedWithinASecond();
            await(() -> status("second").state().equals("ADMITTED"));
        } finally {
            redis.limitMemory(0);
        }
        await(() -> isBack("late"));
    }

    @Test
    void forgottenScriptsAreLoadedAgain() {
        onSale(Map.of());
        enter("before");
        LineLab.REDIS.run(command -> command.scriptFlush()).block(Duration.ofSeconds(5));
        assertThat(enter("after").state()).isIn("WAITING", "ADMITTED");
    }

    private void refusedWithinASecond() {
        Instant start = Instant.now();
        as("late")
                .post()
                .uri("/api/v1/queue/enter")
                .bodyValue(Map.of("eventId", eventId))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("WAITING_ROOM_UNAVAILABLE");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(1_200));
    }

    /** Reading still works, but a place told now could not be kept: the line says that it is away. */
    private void awaitOutOfReach(String user) {
        await(() -> asked(user) == 503);
    }

    private int asked(String user) {
        return as(user).get()
                .uri("/api/v1/queue/status?eventId={id}", eventId)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private boolean isBack(String user) {
        return as(user).post()
                        .uri("/api/v1/queue/enter")
                        .bodyValue(Map.of("eventId", eventId))
                        .exchange()
                        .returnResult(Void.class)
                        .getStatus()
                        .value()
                == 200;
    }

    private Disposable listen(String user, List<ServerSentEvent<Map<String, Object>>> heard) {
        return as(user).get()
                .uri("/api/v1/queue/stream?eventId={id}", eventId)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null)
                .subscribe(heard::add, trouble -> {});
    }
}
