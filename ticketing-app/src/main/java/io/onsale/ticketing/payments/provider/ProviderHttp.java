package io.onsale.ticketing.payments.provider;

import io.netty.channel.ChannelOption;
import io.onsale.platform.calls.UnclaimedAnswers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP with a provider: an answer of any status is an answer, save that a broken server's is none. */
final class ProviderHttp {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What came back. */
    record Reply(int status, JsonNode body) {

        boolean ok() {
            return status / 100 == 2;
        }

        String text(String field) {
            return body.path(field).asString("");
        }
    }

    private final WebClient client;
    private final GuardedCalls guard;

    ProviderHttp(String baseUrl, String authorization, GuardedCalls guard) {
        HttpClient http = HttpClient.create(ConnectionProvider.builder("payments")
                        .maxConnections(100)
                        .pendingAcquireMaxCount(200)
                        .maxIdleTime(java.time.Duration.ofSeconds(30))
                        .build())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 2_000);
        this.client = UnclaimedAnswers.webClient(http)
                .baseUrl(baseUrl)
                .defaultHeader(HttpHeaders.AUTHORIZATION, authorization)
                .build();
        this.guard = guard;
    }

    private ProviderHttp(WebClient client, GuardedCalls guard) {
        this.client = client;
        this.guard = guard;
    }

    /** The same server, with another guard before it. */
    ProviderHttp guardedBy(GuardedCalls other) {
        return new ProviderHttp(client, other);
    }

    Mono<Reply> get(String what, String path, Object... variables) {
        return guard.call(what, client.get().uri(path, variables).exchangeToMono(ProviderHttp::reply));
    }

    Mono<Reply> post(
            String what, @Nullable String idempotencyKey, Map<String, ?> body, String path, Object... variables) {
        WebClient.RequestBodySpec request =
                client.method(HttpMethod.POST).uri(path, variables).contentType(MediaType.APPLICATION_JSON);
        if (idempotencyKey != null) {
            request = request.header("Idempotency-Key", '"' + idempotencyKey + '"');
        }
        return guard.call(what, request.bodyValue(JSON.writeValueAsString(body)).exchangeToMono(ProviderHttp::reply));
    }

    private static Mono<Reply> reply(ClientResponse response) {
        int status = response.statusCode().value();
        return response.bodyToMono(String.class)
                .defaultIfEmpty("{}")
                .map(text -> new Reply(status, parsed(text)))
                .flatMap(ProviderHttp::heard);
    }

    private static Mono<Reply> heard(Reply reply) {
        if (reply.status() == 429) {
            return Mono.error(new ProviderBusyException("status 429"));
        }
        return brokenServer(reply)
                ? Mono.error(new ProviderUnavailableException("status " + reply.status(), null))
                : Mono.just(reply);
    }

    /** 502 with a type is the word of the gateway behind the provider, not a breakdown. */
    private static boolean brokenServer(Reply reply) {
        return reply.status() >= 500
                && reply.text("type").isEmpty()
                && reply.text("error_code").isEmpty();
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException notJson) {
            return JSON.createObjectNode();
        }
    }
}
