package io.onsale.ticketing.accounts.redis;

import io.onsale.platform.redis.Redis;
import io.onsale.ticketing.accounts.crypto.SealedCookie;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Codes that stand for an account for a short while and are good once: {@code accounts:code:<kind>:<digest>}. */
@Component
public final class OneTimeCodes {
    private final Redis redis;

    OneTimeCodes(Redis redis) {
        this.redis = redis;
    }

    /** A code for the account. */
    public Mono<String> give(String kind, UUID userId, Duration life) {
        String code = SealedCookie.randomWord();
        return redis.run(command -> command.psetex(key(kind, code), life.toMillis(), userId.toString()))
                .thenReturn(code);
    }

    /** The account the code stands for, once; empty when it is unknown, used or too old. */
    public Mono<UUID> take(String kind, String code) {
        return redis.run(command -> command.getdel(key(kind, code))).map(UUID::fromString);
    }

    private static String key(String kind, String code) {
        return "accounts:code:" + kind + ":" + SealedCookie.digest(code);
    }
}
