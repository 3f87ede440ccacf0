package io.onsale.queue.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lettuce.core.ScoredValue;
import io.onsale.local.stores.TestStores;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.CommandEar;
import io.onsale.queue.waiting.Keys;
import io.onsale.queue.waiting.LineLab;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawScriptsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private final LineLab line = new LineLab();
    private final DrawScripts scripts = new DrawScripts(LineLab.REDIS, new Scripts(LineLab.REDIS));

    @Test
    @SuppressWarnings("unchecked")
    void aLongListIsReadInPartsAndPutTogetherWhereNobodyWaitsForTheThread() throws InterruptedException {
        ScoredValue<String>[] list = IntStream.rangeClosed(1, 12_000)
                .mapToObj(entry -> ScoredValue.just(entry, "person-" + entry))
                .toArray(ScoredValue[]::new);
        String key = Keys.drawn(line.eventId);
        LineLab.REDIS.run(command -> command.zadd(key, list)).block(SOON);
        try (CommandEar store = CommandEar.at(TestStores.redisTarget().uris())) {
            Map<Long, String> entries = scripts.entries(line.eventId)
                    .doOnNext(
                            read -> assertThat(Thread.currentThread().getName()).startsWith("boundedElastic"))
                    .block(SOON);
            assertThat(entries).hasSize(12_000).containsEntry(7L, "person-7");
            assertThat(entries.keySet().stream().toList()).isSorted();
            Thread.sleep(300); // the store tells its listeners behind its answers
            assertThat(store.of(key)).as("ZCARD and three parts").hasSize(4);
        }
    }

    /** The store was emptied, wholly or in part, between the closing and the reading. */
    @Test
    void aListOfWhichSomethingIsLostIsNoList() {
        String key = Keys.drawn(line.eventId);
        LineLab.REDIS.run(command -> command.zadd(key, 1, "first")).block(SOON);
        assertThat(scripts.entries(line.eventId, new DrawScripts.Closed(7, 1)).block(SOON))
                .containsOnlyKeys(1L);
        assertThatIllegalStateException()
                .isThrownBy(() -> scripts.entries(line.eventId, new DrawScripts.Closed(7, 2))
                        .block(SOON))
                .withMessageContaining("closed entries");
        LineLab.REDIS.run(command -> command.del(key)).block(SOON);
        assertThatIllegalStateException()
                .isThrownBy(() -> scripts.entries(line.eventId, new DrawScripts.Closed(7, 2))
                        .block(SOON))
                .withMessageContaining("closed entries");
        assertThat(scripts.entries(line.eventId, new DrawScripts.Closed(7, 0)).block(SOON))
                .as("nobody entered")
                .isEmpty();
    }
}
