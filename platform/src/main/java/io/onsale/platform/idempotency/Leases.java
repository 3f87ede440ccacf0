package io.onsale.platform.idempotency;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * Who works on a request holds its key by a short lease that is renewed for as long as the work takes. So an app that dies leaves its
 * keys to others within seconds, and one that is merely slow keeps them.
 */
final class Leases {
    static final Duration LENGTH = Duration.ofSeconds(10);
    static final Duration RENEWED_EVERY = Duration.ofSeconds(3);

    private final StoredAnswers answers;
    private final Map<UUID, IdempotentRequest> held = new ConcurrentHashMap<>();

    Leases(StoredAnswers answers) {
        this.answers = answers;
    }

    /** Does the work under this lease. */
    <T> Mono<T> during(UUID lease, IdempotentRequest request, Mono<T> work) {
        return work.doOnSubscribe(subscription -> held.put(lease, request)).doFinally(signal -> held.remove(lease));
    }

    /** All of them in one statement. */
    Mono<Void> renew() {
        Map<UUID, IdempotentRequest> now = Map.copyOf(held);
        return now.isEmpty() ? Mono.empty() : answers.renew(now, LENGTH).then();
    }
}
