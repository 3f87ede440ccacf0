package io.onsale.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onsale.local.stores.RedisServer;
import io.onsale.local.stores.TestStores;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.util.retry.Retry;

class ScriptsTest {
    private static final LuaScript ECHO = LuaScript.load(ScriptsTest.class, "echo_values.lua");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RedisServer server = TestStores.redis();
    private Redis redis;
    private Scripts scripts;

    @BeforeEach
    void connect() {
        redis = new Redis(new RedisProperties(
                List.of(URI.create(server.address())),
                false,
                server.password(),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                100));
        scripts = new Scripts(redis);
    }

    @AfterEach
    void disconnect() {
        redis.destroy();
    }

    @Test
    void answersStringsNumbersNilsAndLists() {
        assertThat(run()).isEqualTo(Arrays.asList("{e}:k", "v", 42L, null, List.of("a", 1L)));
    }

    @Test
    void survivesAScriptFlush() {
        run();
        redis.run(command -> command.scriptFlush()).block(PATIENCE);

        assertThat(run()).hasSize(5);
    }

    @Test
    void refusesAtOnceWhileRedisIsAwayAndGoesOnAfterwards() {
        run();
        server.kill();
        try {
            long start = System.nanoTime();
            assertThatThrownBy(this::run).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(this::run).isInstanceOf(RuntimeException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        } finally {
            server.start();
        }
        assertThat(scripts.run(ECHO, List.of("{e}:k"), List.of("v"))
                        .retryWhen(Retry.fixedDelay(50, Duration.ofMillis(100)))
                        .block(PATIENCE))
                .hasSize(5);
    }

    private List<Object> run() {
        return scripts.run(ECHO, List.of("{e}:k"), List.of("v")).block(PATIENCE);
    }
}
