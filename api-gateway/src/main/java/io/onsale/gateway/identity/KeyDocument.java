package io.onsale.gateway.identity;

import io.onsale.gateway.routing.RoutingSettings;
import io.onsale.gateway.routing.Service;
import io.onsale.platform.calls.UnclaimedAnswers;
import io.onsale.platform.web.Open;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** The keys of all issuers in one document (RFC 7517). An issuer that is away keeps the keys it was known by. */
@RestController
final class KeyDocument {
    private static final Logger log = LoggerFactory.getLogger(KeyDocument.class);
    private static final String PATH = "/.well-known/jwks.json";
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final RoutingSettings routing;
    private final WebClient http =
            UnclaimedAnswers.webClient(HttpClient.create()).build();
    private final Map<Service, List<Map<String, Object>>> lastKnown = new EnumMap<>(Service.class);
    private final Mono<List<Object>> keys;

    KeyDocument(RoutingSettings routing) {
        this.routing = routing;
        this.keys = Flux.fromArray(Service.values())
                .concatMap(this::keysOf)
                .<Map<String, Object>>collect(LinkedHashMap::new, KeyDocument::put)
                .map(byId -> List.copyOf(byId.values()))
                // Ask again soon while nothing was found.
                .cache(found -> found.isEmpty() ? Duration.ZERO : FRESH, error -> Duration.ZERO, () -> Duration.ZERO);
    }

    @Open
    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Map<String, Object>>> document() {
        return keys.map(found -> ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .body(Map.of("keys", found)));
    }

    private Flux<Map<String, Object>> keysOf(Service service) {
        return Flux.fromIterable(routing.addresses(service))
                .concatMap(instance -> fetch(instance).onErrorComplete())
                .next()
                .doOnNext(found -> remember(service, found))
                .switchIfEmpty(Mono.fromSupplier(() -> remembered(service)))
                .flatMapIterable(found -> found);
    }

    private Mono<List<Map<String, Object>>> fetch(URI instance) {
        return http.get()
                .uri(instance.resolve(PATH))
                .retrieve()
                .bodyToMono(new ParameterizedTypeReference<Map<String, List<Map<String, Object>>>>() {})
                .timeout(TIMEOUT)
                .doOnError(e -> log.warn("Keys of {} cannot be read: {}", instance, e.toString()))
                .mapNotNull(document -> document.get("keys"));
    }

    private synchronized void remember(Service service, List<Map<String, Object>> found) {
        lastKnown.put(service, found);
    }

    private synchronized List<Map<String, Object>> remembered(Service service) {
        return lastKnown.getOrDefault(service, List.of());
    }

    private static void put(Map<String, Object> byId, Map<String, Object> key) {
        byId.putIfAbsent(String.valueOf(key.get("kid")), key);
    }
}
