package io.onsale.gateway.support;

import io.onsale.gateway.GatewayApplication;
import io.onsale.local.stores.TestStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A gateway with two services behind it and a real Redis beside it. One runs at a time. */
public final class TestGateway implements AutoCloseable {
    private static TestGateway usual;

    private final TestTokens tokens = new TestTokens();
    private final TestService queue =
            new TestService("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"pass-1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}");
    private final TestService ticketing = new TestService(tokens.document());
    private final ConfigurableApplicationContext context;

    /** One with the usual settings, shared by tests that come one after the other: it ends when another one starts. */
    public static synchronized TestGateway usual() {
        if (usual == null) {
            usual = new TestGateway();
        }
        return usual;
    }

    private static synchronized void endUsual() {
        if (usual != null) {
            usual.close();
            usual = null;
        }
    }

    /** Starts with these settings besides the usual ones. */
    public TestGateway(String... settings) {
        this(List.of(), List.of(settings));
    }

    /** Starts with one more instance of the ticketing app. */
    public static TestGateway withSecondTicketing(TestService second, String... settings) {
        return new TestGateway(List.of(second), List.of(settings));
    }

    private TestGateway(List<TestService> moreTicketing, List<String> settings) {
        endUsual();
        // Nobody waits for what is left over when a gateway of a test stops.
        Map<String, Object> defaults = Map.of(
                "spring.reactor.netty.shutdown-quiet-period", "0s", "onsale.gateway.resilience.drain-spread", "0s");
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "management.server.port=0",
                "spring.main.banner-mode=off",
                "logging.structured.format.console=",
                "onsale.redis.uris=" + TestStores.redis().uri(),
                "onsale.tokens.jwks.access=" + ticketing.uri() + "/.well-known/jwks.json",
                "onsale.gateway.queue-uris=" + queue.uri(),
                "onsale.gateway.ticketing-uris="
                        + Stream.concat(Stream.of(ticketing), moreTicketing.stream())
                                .map(service -> service.uri().toString())
                                .collect(Collectors.joining(",")),
                "onsale.gateway.resilience.probe-interval=200ms"));
        all.addAll(settings);
        context = new SpringApplicationBuilder(GatewayApplication.class)
                .properties(defaults)
                .run(all.stream().map(setting -> "--" + setting).toArray(String[]::new));
    }

    public TestTokens tokens() {
        return tokens;
    }

    public TestService queue() {
        return queue;
    }

    public TestService ticketing() {
        return ticketing;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    public WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port())
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** Forgets what the services saw and how they answer. */
    public void reset() {
        queue.reset();
        ticketing.reset();
    }

    @Override
    public void close() {
        context.close();
        queue.close();
        ticketing.close();
    }
}
