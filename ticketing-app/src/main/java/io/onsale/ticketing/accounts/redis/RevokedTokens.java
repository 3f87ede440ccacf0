package io.onsale.ticketing.accounts.redis;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.platform.tokens.Caller;
import io.onsale.ticketing.accounts.AccountsProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Access tokens that ended before their time: {@code tokens:ended:{<user>}}, a hash of token ids, and under {@code *} the time until
 * which all that were issued are over. Kept until the last of them would have ended by itself. The edge asks here, in one command.
 */
@Component
public final class RevokedTokens {
    private static final LuaScript END = LuaScript.load(RevokedTokens.class, "end_tokens.lua");
    private static final String ALL = "*";

    private final Scripts scripts;
    private final Clock clock;
    private final Duration life;

    RevokedTokens(Scripts scripts, AccountsProperties properties, Clock clock) {
        this.scripts = scripts;
        this.clock = clock;
        this.life = properties.accessTokenLife();
    }

    /** Revokes the caller's access token. */
    public Mono<Void> add(Caller caller) {
        Duration rest = Duration.between(clock.instant(), caller.expiresAt());
        return rest.isNegative() || rest.isZero() ? Mono.empty() : end(caller.userId(), caller.tokenId(), "1", rest);
    }

    /** Revokes every access token that the account has got until now. */
    public Mono<Void> addAll(UUID userId) {
        return Mono.defer(
                () -> end(userId.toString(), ALL, Long.toString(clock.instant().toEpochMilli()), life));
    }

    private Mono<Void> end(String userId, String what, String value, Duration keep) {
        return scripts.run(
                        END,
                        List.of("tokens:ended:{" + userId + "}"),
                        List.of(what, value, Long.toString(keep.toMillis())))
                .then();
    }
}
