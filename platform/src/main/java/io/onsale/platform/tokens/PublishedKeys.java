package io.onsale.platform.tokens;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The keys of one kind of token as its issuers publish them (RFC 7517). Held in memory; an unknown key id asks the
 * issuers again, together for all who wait and at most once per {@link #MIN_REFRESH}; sooner while one of them is not heard.
 */
final class PublishedKeys {
    static final Duration MIN_REFRESH = Duration.ofSeconds(5);
    static final Duration MIN_RETRY = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

    private final List<URI> issuers;
    private final WebClient http;
    private final Mono<Boolean> refresh;
    private final Map<URI, Map<String, RSAPublicKey>> byIssuer = new ConcurrentHashMap<>();
    private final Set<URI> silent = ConcurrentHashMap.newKeySet();
    private volatile Map<String, RSAPublicKey> keys = Map.of();

    PublishedKeys(List<URI> issuers, WebClient http) {
        this.issuers = issuers;
        this.http = http;
        this.refresh = Mono.defer(this::fetchAll)
                .cache(isWhole -> isWhole ? MIN_REFRESH : MIN_RETRY, error -> MIN_RETRY, () -> MIN_RETRY);
    }

    @Nullable
    RSAPublicKey known(String keyId) {
        return keys.get(keyId);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * Asks the issuers unless that was done a moment ago. A key that its issuer publishes no more is forgotten. Never fails: an
     * issuer that is away keeps its old keys.
     *
     * @return whether every issuer was heard
     */
    Mono<Boolean> refresh() {
        return refresh;
    }

    private Mono<Boolean> fetchAll() {
        return Flux.fromIterable(issuers)
                .flatMap(issuer -> fetch(issuer).doOnNext(found -> byIssuer.put(issuer, found)))
                .count()
                .map(heard -> {
                    gather();
                    return heard == issuers.size();
                });
    }

    private void gather() {
        Map<String, RSAPublicKey> all = new HashMap<>();
        byIssuer.values().forEach(all::putAll);
        keys = Map.copyOf(all);
    }

    private Mono<Map<String, RSAPublicKey>> fetch(URI issuer) {
        return http.get()
                .uri(issuer)
                .retrieve()
                .bodyToMono(String.class)
                .timeout(TIMEOUT)
                .publishOn(Schedulers.boundedElastic()) // parsing loads key services from jars
                .map(PublishedKeys::parse)
                .doOnNext(found -> silent.remove(issuer))
                .doOnError(e -> noteSilent(issuer, e))
                .onErrorComplete();
    }

    /** Once, though it is asked every second. */
    private void noteSilent(URI issuer, Throwable why) {
        if (silent.add(issuer)) {
            log.warn("Keys of {} cannot be read: {}", issuer, why.toString());
        }
    }

    private static Map<String, RSAPublicKey> parse(String document) {
        Map<String, RSAPublicKey> found = new HashMap<>();
        for (JWK jwk : keySet(document)) {
            if (jwk instanceof RSAKey key && key.getKeyID() != null) {
                found.put(
                        key.getKeyID(),
                        Rsa.publicKey(new RSAPublicKeySpec(
                                key.getModulus().decodeToBigInteger(),
                                key.getPublicExponent().decodeToBigInteger())));
            }
        }
        return found;
    }

    private static List<JWK> keySet(String document) {
        try {
            return JWKSet.parse(document).getKeys();
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a key set", e);
        }
    }
}
