package io.onsale.queue.sales;

import io.onsale.platform.web.ServiceCredentials;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/** Asks the ticketing app, one instance after the other, whether it is ready for buyers and how quickly it holds seats. */
public final class TicketingProbe {
    private final WebClient http;
    private final ServiceCredentials credentials;
    private final List<URI> instances;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<URI, HoldPace> paces = new ConcurrentHashMap<>();

    TicketingProbe(WebClient http, ServiceCredentials credentials, List<URI> instances) {
        this.http = http;
        this.credentials = credentials;
        this.instances = List.copyOf(instances);
    }

    /** It answers, but holds take too long. */
    static final class SlowHolds extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SlowHolds(long millis) {
            super("a hold takes " + millis + " ms", null, false, false);
        }
    }

    /**
     * Completes when an instance answered in time that it is up, and its holds since the last time were quick enough; fails
     * when not.
     */
    public Mono<Void> ask(Duration within, Duration holdsWithin) {
        return Mono.defer(() -> {
            URI instance = instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
            return ready(instance)
                    .then(Mono.defer(() -> pace(instance)))
                    .timeout(within)
                    .flatMap(pace -> judge(instance, pace, holdsWithin));
        });
    }

    private Mono<Void> ready(URI instance) {
        return http.get()
                .uri(instance + "/readyz")
                .exchangeToMono(
                        answer -> answer.statusCode().is5xxServerError() ? answer.createError() : answer.releaseBody());
    }

    /** An older ticketing app does not tell. */
    private Mono<HoldPace> pace(URI instance) {
        return http.get()
                .uri(instance + "/internal/reservations/hold-pace")
                .header(ServiceCredentials.HEADER, credentials.current())
                .retrieve()
                .bodyToMono(HoldPace.class)
                .onErrorResume(WebClientResponseException.NotFound.class, unknown -> Mono.empty());
    }

    private Mono<Void> judge(URI instance, HoldPace pace, Duration holdsWithin) {
        HoldPace earlier = paces.put(instance, pace);
        long mean = earlier == null ? 0 : pace.meanMillisSince(earlier);
        return mean > holdsWithin.toMillis() ? Mono.error(new SlowHolds(mean)) : Mono.empty();
    }
}
