package io.onsale.platform.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified a moment ago, since people in line ask every few seconds with the same one. It hides neither a token's end
 * nor a key that was taken back: both are asked at each use. (Whether a token was revoked is not the signature's matter; who
 * must know asks for that at each call.) Bounded, and short, so that those who do not come back cost nothing.
 */
final class SeenTokens {
    private static final int MOST = 10_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(20);

    private final Cache<String, Seen> byText = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(FORGOTTEN_AFTER)
            .scheduler(Scheduler.systemScheduler())
            .build();

    /** Finds the key of a kind of token that is known by an id now. */
    @FunctionalInterface
    interface Keys {
        @Nullable
        Key known(TokenKind kind, @Nullable String keyId);
    }

    private record Seen(TokenKind kind, String keyId, Key key, TokenCheck.Valid check) {}

    /** What this very token was found to be, if that still holds; else null. */
    TokenCheck.@Nullable Valid find(TokenKind kind, String token, Instant now, Keys keys) {
        Seen seen = byText.getIfPresent(token);
        if (seen == null
                || !seen.kind.equals(kind)
                || !now.isBefore(seen.check.token().expiresAt())) {
            return null;
        }
        return seen.key.equals(keys.known(kind, seen.keyId)) ? seen.check : null;
    }

    /** Notes a token whose signature this key has just confirmed. */
    void note(TokenKind kind, String token, String keyId, Key key, TokenCheck.Valid check) {
        byText.put(token, new Seen(kind, keyId, key, check));
    }
}
