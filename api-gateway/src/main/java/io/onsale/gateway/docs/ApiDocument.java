package io.onsale.gateway.docs;

import io.onsale.gateway.resilience.Failures;
import io.onsale.gateway.routing.RoutingSettings;
import io.onsale.gateway.routing.Service;
import io.onsale.platform.calls.UnclaimedAnswers;
import io.onsale.platform.web.Open;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
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

/**
 * The public API as OpenAPI 3.1. A service that is away is shown as it was last seen; until each has been seen once, there is no
 * document: what generates a client from half of it would not notice.
 */
@RestController
final class ApiDocument {
    private static final Logger log = LoggerFactory.getLogger(ApiDocument.class);
    private static final String PATH = "/v3/api-docs";
    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final RoutingSettings routing;
    private final WebClient http = UnclaimedAnswers.webClient(
                    HttpClient.create().compress(true))
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
            .build();
    private final Map<Service, Map<String, Object>> lastKnown = new EnumMap<>(Service.class);
    private final Mono<Map<String, Object>> merged;

    ApiDocument(RoutingSettings routing) {
        this.routing = routing;
        this.merged = Flux.fromArray(Service.values())
                .concatMap(service -> document(service).map(found -> Map.entry(service, found)))
                .reduceWith(
                        MergedDocument::new, (all, one) -> all.add(one.getKey().label(), one.getValue()))
                .map(MergedDocument::whole)
                .cache(whole -> FRESH, error -> Duration.ZERO, () -> Duration.ZERO);
    }

    @Open
    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Map<String, Object>>> whole() {
        return merged.map(document ->
                ResponseEntity.ok().cacheControl(CacheControl.maxAge(FRESH)).body(document));
    }

    private Mono<Map<String, Object>> document(Service service) {
        return Flux.fromIterable(routing.addresses(service))
                .concatMap(instance -> fetch(instance).onErrorComplete())
                .next()
                .doOnNext(found -> remember(service, found))
                .switchIfEmpty(Mono.defer(() -> remembered(service)));
    }

    private Mono<Map<String, Object>> fetch(URI instance) {
        return http.get()
                .uri(instance.resolve(PATH))
                .retrieve()
                .bodyToMono(new ParameterizedTypeReference<Map<String, Object>>() {})
                .timeout(TIMEOUT)
                .doOnError(e -> log.warn("The API of {} cannot be read: {}", instance, e.toString()));
    }

    private synchronized void remember(Service service, Map<String, Object> found) {
        lastKnown.put(service, found);
    }

    private synchronized Mono<Map<String, Object>> remembered(Service service) {
        Map<String, Object> known = lastKnown.get(service);
        return known == null ? Mono.error(Failures.notSeenYet(service)) : Mono.just(known);
    }
}
