package io.onsale.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.onsale.local.stores.TestStores;
import io.onsale.platform.redis.LuaScript;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TakeAllowanceTest {
    private static final LuaScript SCRIPT = LuaScript.load(TakeAllowanceTest.class, "take_allowance.lua");
    private static RedisClient client;
    private static StatefulRedisConnection<String, String> connection;

    private final String key = "limit:test:{u:" + UUID.randomUUID() + "}";

    @BeforeAll
    static void connect() {
        client = RedisClient.create(TestStores.redis().uri().toString());
        connection = client.connect();
    }

    @AfterAll
    static void disconnect() {
        client.shutdown();
    }

    @Test
    void grantsUpToTheLimitAndCountsDown() {
        assertThat(take(3, 60_000).subList(0, 2)).containsExactly(1L, 2L);
        assertThat(take(3, 60_000).subList(0, 2)).containsExactly(1L, 1L);
        assertThat(take(3, 60_000).subList(0, 2)).containsExactly(1L, 0L);
        List<Long> refused = take(3, 60_000);
        assertThat(refused.get(0)).isZero();
        assertThat(refused.get(2)).isBetween(1L, 120_000L);
    }

    @Test
    void callsAtTheSameMomentNeverGetMoreThanTheLimit() {
        List<CompletableFuture<List<Long>>> calls = IntStream.range(0, 200)
                .mapToObj(i -> connection
                        .async()
                        .<List<Long>>eval(SCRIPT.body(), ScriptOutputType.MULTI, new String[] {key}, "20", "60000")
                        .toCompletableFuture())
                .toList();
        long granted = calls.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.get(0) == 1)
                .count();
        assertThat(granted).isEqualTo(20);
    }

    @Test
    void aRefusedCallThatWaitsAsToldIsGranted() throws Exception {
        int limit = 5;
        long window = 1000;
        List<Long> answer = take(limit, window);
        while (answer.get(0) == 1) {
            answer = take(limit, window);
        }
        Thread.sleep(answer.get(2) + 20);
        assertThat(take(limit, window).get(0)).isEqualTo(1);
    }

    @Test
    void noWindowHoldsTwiceTheLimitAndInTheLongRunItIsKept() throws Exception {
        int limit = 20;
        long window = 500;
        List<Long> grants = new ArrayList<>();
        long end = System.nanoTime() + 3_000_000_000L;
        while (System.nanoTime() < end) {
            if (take(limit, window).get(0) == 1) {
                grants.add(System.nanoTime() / 1_000_000);
            }
            Thread.sleep(1);
        }
        for (int i = 0; i < grants.size(); i++) {
            long start = grants.get(i);
            long inside = grants.stream()
                    .filter(at -> at >= start && at < start + window)
                    .count();
            // The weighing takes the window before as evenly filled, so a burst at its end fades too early.
            assertThat(inside).isLessThan(limit * 2);
        }
        // Six windows, and the burst that a fresh counter allows.
        assertThat(grants.size()).isBetween(limit * 4, limit * 8);
    }

    @Test
    void theCounterGoesAwayByItself() {
        take(3, 60_000);
        RedisCommands<String, String> commands = connection.sync();
        assertThat(commands.pttl(key)).isBetween(1L, 120_000L);
    }

    private List<Long> take(int limit, long windowMillis) {
        return connection
                .sync()
                .eval(
                        SCRIPT.body(),
                        ScriptOutputType.MULTI,
                        new String[] {key},
                        Integer.toString(limit),
                        Long.toString(windowMillis));
    }
}
