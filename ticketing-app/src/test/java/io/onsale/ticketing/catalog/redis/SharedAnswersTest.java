package io.onsale.ticketing.catalog.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.Scripts;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.catalog.redis.SharedAnswers.Made;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** One maker for each answer, over all instances; nobody waits for one that failed or died. */
class SharedAnswersTest extends TicketingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private Redis redis;

    @Autowired
    private Scripts scripts;

    private final String key = Ids.next();
    private final AtomicInteger readings = new AtomicInteger();

    private SharedAnswers instance() {
        return new SharedAnswers(redis, scripts);
    }

    private Mono<Made> slowReading() {
        return Mono.defer(() -> {
            int number = readings.incrementAndGet();
            return Mono.delay(Duration.ofMillis(200)).map(t -> new Made("answer " + number, Duration.ofMinutes(1)));
        });
    }

    @Test
    void aStampedeOnThreeInstancesReadsTheDatabaseOnce() {
        var instances = IntStream.range(0, 3).mapToObj(i -> instance()).toList();
        Flux<String> stampede =
                Flux.range(0, 300).flatMap(i -> instances.get(i % 3).get(key, slowReading()), 300);
        StepVerifier.create(stampede.distinct().collectList())
                .assertNext(answers -> assertThat(answers).containsExactly("answer 1"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(readings).hasValue(1);
    }

    @Test
    void whoFailsIsFollowedByAnother() {
        SharedAnswers shared = instance();
        StepVerifier.create(shared.get(key, Mono.error(new IllegalArgumentException("the database is away"))))
                .expectError(IllegalArgumentException.class)
                .verify(PATIENCE);
        StepVerifier.create(shared.get(key, slowReading()))
                .expectNext("answer 1")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void whoDiesWhileMakingIsFollowedWithinSeconds() {
        redis.run(command -> command.psetex("catalog:making:{" + key + "}", 1_000, "a dead instance"))
                .block(PATIENCE);
        long began = System.nanoTime();
        StepVerifier.create(instance().get(key, slowReading()))
                .expectNext("answer 1")
                .expectComplete()
                .verify(PATIENCE);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
    }

    @Test
    void aChangeMovesListsToKeysNobodyHasSeen() {
        SharedAnswers shared = instance();
        String before = shared.generation().block(PATIENCE);
        shared.forgetLists().block(PATIENCE);
        assertThat(shared.generation().block(PATIENCE)).isNotEqualTo(before);
    }
}
