package io.onsale.ticketing.accounts.redis;

import io.onsale.platform.redis.Redis;
import io.onsale.platform.tokens.Caller;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Access tokens that ended before their time: {@code tokens:revoked:<jti>}, kept until the token's own end. The edge asks here. */
@Component
public final class RevokedTokens {
    private final Redis redis;
    private final Clock clock;

    RevokedTokens(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** Revokes the caller's access token. */
    public Mono<Void> add(Caller caller) {
        long restMillis = Duration.between(clock.instant(), caller.expiresAt()).toMillis();
        return restMillis <= 0
                ? Mono.empty()
                : redis.commands()
                        .psetex("tokens:revoked:" + caller.tokenId(), restMillis, "1")
                        .then();
    }
}
