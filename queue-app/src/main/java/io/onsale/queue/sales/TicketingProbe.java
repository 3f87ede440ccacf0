package io.onsale.queue.sales;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Asks the ticketing app, one instance after the other, whether it is ready for buyers. */
public final class TicketingProbe {
    private final WebClient http;
    private final List<URI> instances;
    private final AtomicInteger turn = new AtomicInteger();

    TicketingProbe(WebClient http, List<URI> instances) {
        this.http = http;
        this.instances = List.copyOf(instances);
    }

    /** Completes when it answered in time that it is up; fails when it did not. */
    public Mono<Void> ask(Duration within) {
        return Mono.defer(() -> http.get()
                        .uri(instances.get(Math.floorMod(turn.getAndIncrement(), instances.size())) + "/readyz")
                        .exchangeToMono(answer ->
                                answer.statusCode().is5xxServerError() ? answer.createError() : answer.releaseBody()))
                .timeout(within);
    }
}
