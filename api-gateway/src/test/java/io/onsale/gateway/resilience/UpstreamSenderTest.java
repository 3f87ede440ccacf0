package io.onsale.gateway.resilience;

import static org.awaitility.Awaitility.await;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.onsale.gateway.support.TestService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** Calls that end between the head of the service's answer and the first look at its body. */
class UpstreamSenderTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final ObjectProvider<List<HttpHeadersFilter>> NO_HEADERS = new ObjectProvider<>() {
        @Override
        public List<HttpHeadersFilter> getObject() {
            return List.of();
        }
    };

    private final TestService service = new TestService("{\"keys\":[]}");

    /** Nobody else's: what it says is in use was received here and not given back. */
    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);

    private final ConnectionProvider pool = ConnectionProvider.create("sender", 10);
    private volatile Runnable onceTheHeadIsThere = () -> {};

    /** Stops on the connection's thread just when the head can be called back no more and nobody has got it yet. */
    private final HttpClient http = HttpClient.create(pool)
            .option(ChannelOption.ALLOCATOR, buffers)
            .mapConnect(answers -> answers.doOnNext(head -> onceTheHeadIsThere.run()));

    private final UpstreamSender sender = new UpstreamSender(http, NO_HEADERS, new HttpClientProperties());
    private final NettyWriteResponseFilter writer = new NettyWriteResponseFilter(List.of(), NO_HEADERS);

    @AfterEach
    void stop() {
        pool.dispose();
        service.close();
    }

    @Test
    void aClientThatHangsUpJustThenLeavesNothingBehind() {
        Sinks.Empty<Void> hangUp = Sinks.empty();
        onceTheHeadIsThere = hangUp::tryEmitEmpty;
        call(SOON)
                .takeUntilOther(hangUp.asMono())
                .as(StepVerifier::create)
                .expectComplete()
                .verify(SOON);
        await().atMost(SOON).until(this::nothingIsHeld);
    }

    @Test
    void aTimeOutThatEndsJustThenLeavesNothingBehind() {
        AtomicBoolean over = new AtomicBoolean();
        onceTheHeadIsThere = () -> {
            while (!over.get()) {
                // Turns on the spot: waiting is not allowed on this thread.
            }
        };
        call(Duration.ofMillis(100))
                .doFinally(signal -> over.set(true))
                .as(StepVerifier::create)
                .expectError(ResponseStatusException.class)
                .verify(SOON);
        await().atMost(SOON).until(this::nothingIsHeld);
    }

    @Test
    void anAnswerThatIsWantedIsPassedOn() {
        MockServerWebExchange exchange = exchange(SOON);
        send(exchange).as(StepVerifier::create).expectComplete().verify(SOON);
        exchange.getResponse()
                .getBodyAsString()
                .as(StepVerifier::create)
                .expectNext("{\"ok\":true}")
                .expectComplete()
                .verify(SOON);
        await().atMost(SOON).until(this::nothingIsHeld);
    }

    private Mono<Void> call(Duration timeout) {
        return send(exchange(timeout));
    }

    private Mono<Void> send(MockServerWebExchange exchange) {
        return writer.filter(exchange, sent -> sender.filter(sent, done -> Mono.empty()));
    }

    private MockServerWebExchange exchange(Duration timeout) {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/events"));
        Route route = Route.async()
                .id("events")
                .uri(service.uri())
                .predicate(any -> true)
                .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, timeout.toMillis())
                .build();
        exchange.getAttributes().put(GATEWAY_ROUTE_ATTR, route);
        exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, service.uri().resolve("/events"));
        return exchange;
    }

    private boolean nothingIsHeld() {
        return buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory() == 0;
    }
}
