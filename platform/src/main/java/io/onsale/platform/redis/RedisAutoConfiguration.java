package io.onsale.platform.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** The Redis connection and the script runner, where {@code onsale.redis.uris} is set. */
@AutoConfiguration
@ConditionalOnClass(RedisClient.class)
@ConditionalOnProperty("onsale.redis.uris")
@EnableConfigurationProperties(RedisProperties.class)
class RedisAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(RedisAutoConfiguration.class);

    @Bean
    Redis redis(RedisProperties settings) {
        Hooks.onErrorDropped(RedisAutoConfiguration::noteTooLate);
        return new Redis(settings);
    }

    /**
     * A command runs on when its caller has gone; that it then fails, too, is no alarm, nor that a client hung up. Anything else that
     * nobody waits for is one.
     */
    private static void noteTooLate(Throwable failure) {
        if (failure instanceof RedisException || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("nobody waits for it any more: {}", failure.toString());
        } else {
            log.error("nobody waits for it any more", failure);
        }
    }

    @Bean
    Scripts scripts(Redis redis) {
        return new Scripts(redis);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ReactiveHealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        ReactiveHealthIndicator redisHealthIndicator(Redis redis) {
            return () -> redis.run(command -> command.ping())
                    .map(pong -> Health.up().build())
                    .onErrorResume(e -> Mono.just(Health.down(e).build()));
        }
    }
}
