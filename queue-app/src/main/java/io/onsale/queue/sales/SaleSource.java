package io.onsale.queue.sales;

import io.onsale.platform.web.ServiceCredentials;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The catalogue's HTTP read of one event: for what Kafka has not told yet. */
final class SaleSource {
    private final WebClient http;
    private final ServiceCredentials credentials;
    private final SalesSettings settings;
    private final AtomicInteger turn = new AtomicInteger();

    SaleSource(WebClient http, ServiceCredentials credentials, SalesSettings settings) {
        this.http = http;
        this.credentials = credentials;
        this.settings = settings;
    }

    /** The event as it is now; empty when there is none. */
    Mono<EventChanged> read(String eventId) {
        return Mono.defer(() -> readFrom(nextInstance(), eventId))
                .retryWhen(Retry.max(1).filter(WebClientRequestException.class::isInstance))
                .onErrorResume(SaleSource::isUnknownEvent, e -> Mono.empty());
    }

    private Mono<EventChanged> readFrom(URI instance, String eventId) {
        return http.get()
                .uri(instance + "/internal/events/{id}/queue-info", eventId)
                .header(ServiceCredentials.HEADER, credentials.current())
                .retrieve()
                .bodyToMono(EventChanged.class)
                .timeout(settings.readTimeout());
    }

    private URI nextInstance() {
        List<URI> instances = settings.uris();
        return instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
    }

    private static boolean isUnknownEvent(Throwable error) {
        return error instanceof WebClientResponseException answer
                && (answer.getStatusCode() == HttpStatus.NOT_FOUND || answer.getStatusCode() == HttpStatus.BAD_REQUEST);
    }
}
