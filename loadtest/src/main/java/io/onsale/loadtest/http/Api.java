package io.onsale.loadtest.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.onsale.loadtest.measure.Steps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Sends one request and times it. No retries: see {@link PatientApi}. */
public final class Api implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConnectionProvider connections;
    private final HttpClient client;
    private final Steps steps;

    public Api(Steps steps, int maxConnections) {
        this.steps = steps;
        this.connections = ConnectionProvider.builder("journeys")
                .maxConnections(maxConnections)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(Duration.ofSeconds(60))
                .maxIdleTime(Duration.ofSeconds(20))
                .build();
        this.client = HttpClient.create(connections)
                .responseTimeout(Duration.ofSeconds(30))
                .headers(headers -> headers.set("Accept", "application/json"));
    }

    /** Errors only when there was no answer at all. */
    public Mono<Reply> send(Request request) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return exchange(request)
                    .doOnNext(reply -> steps.answered(request.step(), System.nanoTime() - began, reply))
                    .doOnError(failure -> steps.unanswered(request.step(), failure));
        });
    }

    /** The raw lines of an event stream, for as long as it lasts; a refusal is an error. */
    public Flux<String> stream(Request request) {
        return client.responseTimeout(Duration.ofSeconds(60))
                .headers(headers -> {
                    request.headers().forEach(headers::set);
                    headers.set("Accept", "text/event-stream");
                })
                .get()
                .uri(request.url())
                .response((response, content) -> response.status().code() == 200
                        ? content.asString(StandardCharsets.UTF_8)
                        : content.aggregate()
                                .asString()
                                .defaultIfEmpty("")
                                .flatMapMany(text -> Flux.error(new StreamRefused(reply(response, text)))))
                .transform(Lines::split);
    }

    private Mono<Reply> exchange(Request request) {
        HttpClient prepared = client.headers(headers -> prepare(request, headers));
        return (request.body().isMissingNode()
                        ? prepared.request(request.method()).uri(request.url())
                        : prepared.request(request.method())
                                .uri(request.url())
                                .send(Mono.fromSupplier(
                                        () -> Unpooled.wrappedBuffer(JSON.writeValueAsBytes(request.body())))))
                .responseSingle((response, body) ->
                        body.asString(StandardCharsets.UTF_8).defaultIfEmpty("").map(text -> reply(response, text)));
    }

    private static void prepare(Request request, HttpHeaders headers) {
        request.headers().forEach(headers::set);
        if (!request.body().isMissingNode()) {
            headers.set("Content-Type", "application/json");
        }
    }

    private static Reply reply(HttpClientResponse response, String text) {
        String retryAfter = response.responseHeaders().get("Retry-After", "0");
        return new Reply(
                response.status().code(),
                parse(text),
                retryAfter.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(retryAfter)) : Duration.ZERO);
    }

    private static JsonNode parse(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        connections.disposeLater().block(Duration.ofSeconds(10));
    }
}
