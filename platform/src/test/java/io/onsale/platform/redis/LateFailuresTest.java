package io.onsale.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandTimeoutException;
import io.onsale.local.stores.RedisServer;
import io.onsale.local.stores.TestStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.netty.channel.AbortedException;
import reactor.util.context.Context;

/** Failures that come when nobody waits for them any more. */
@ExtendWith(OutputCaptureExtension.class)
class LateFailuresTest {

    private final RedisServer server = TestStores.redis();

    @AfterEach
    void forgetTheHook() {
        Hooks.resetOnErrorDropped();
    }

    @Test
    void aLateTimeoutIsNoAlarmAndAnythingElseIs(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RedisAutoConfiguration.class))
                .withPropertyValues(
                        "onsale.redis.uris=" + server.address(), "onsale.redis.password=" + server.password())
                .run(context -> {
                    assertThat(context).hasSingleBean(Redis.class);
                    Operators.onErrorDropped(new RedisCommandTimeoutException("late"), Context.empty());
                    Operators.onErrorDropped(
                            new IllegalStateException("broken off", new AbortedException("gone")), Context.empty());
                    Operators.onErrorDropped(new IllegalStateException("lost"), Context.empty());
                });
        assertThat(output)
                .contains("IllegalStateException: lost")
                .doesNotContain("RedisCommandTimeoutException", "broken off");
    }
}
