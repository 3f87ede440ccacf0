package io.onsale.queue.pass;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onsale.platform.tokens.TokenKind;
import io.onsale.platform.tokens.TokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Mints entry passes from recorded grants. A pass says nothing that the grant does not, so it can be minted again at any
 * time by any instance; it is kept for a while because signing costs a millisecond of CPU.
 */
public final class PassMint {
    /** Backs one live hold at a time; the ticketing side verifies it without I/O. */
    public static final TokenKind PASS = new TokenKind("pass", "pass+jwt", "onsale-hold");

    private final TokenSigner signer;
    private final AsyncCache<Grounds, String> minted = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofMinutes(15))
            .buildAsync();

    PassMint(TokenSigner signer) {
        this.signer = signer;
    }

    /**
     * What a pass is minted from.
     *
     * @param passId event:epoch:number, the {@code jti}
     */
    public record Grounds(String passId, String userId, String eventId, long admittedMillis, long endMillis) {}

    /** The pass, the same whenever asked. */
    public Mono<String> mint(Grounds grounds) {
        return Mono.fromFuture(() -> minted.get(grounds, this::sign), true);
    }

    private CompletableFuture<String> sign(Grounds grounds, Executor unused) {
        return Mono.fromSupplier(() -> signer.sign(
                        PASS,
                        grounds.userId(),
                        grounds.passId(),
                        Instant.ofEpochMilli(grounds.admittedMillis()),
                        Instant.ofEpochMilli(grounds.endMillis()),
                        Map.of("event", grounds.eventId())))
                .subscribeOn(Schedulers.boundedElastic())
                .toFuture();
    }
}
