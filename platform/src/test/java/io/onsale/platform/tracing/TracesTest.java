package io.onsale.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.web.Open;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "spring.reactor.netty.shutdown-quiet-period=0s"})
class TracesTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @LocalServerPort
    int port;

    @Autowired
    Traces traces;

    @Autowired
    MeterRegistry meters;

    @Autowired
    ObjectProvider<SpanExporter> exporters;

    @Test
    void aHandlerPassesOnTheTraceItsCallerSent() {
        String seen = client().get()
                .uri("/trace")
                .header("traceparent", PARENT)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(seen).startsWith("00-" + TRACE + "-").isNotEqualTo(PARENT).endsWith("-01");
    }

    @Test
    void aProblemTellsTheTraceId() {
        client().get()
                .uri("/problem")
                .header("traceparent", PARENT)
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.traceId")
                .isEqualTo(TRACE);
    }

    @Test
    void aRequestWithoutATraceStartsOne() {
        Map<?, ?> problem = client().get()
                .uri("/problem")
                .exchange()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
        assertThat(problem.get("traceId").toString()).matches("[0-9a-f]{32}");
    }

    @Test
    void workContinuedFromAMessageBelongsToItsTrace() {
        Mono<String> work = Mono.deferContextual(context -> Mono.just(Traces.traceparent(context)));
        StepVerifier.create(traces.continued(PARENT, "message.handled", work))
                .assertNext(seen -> assertThat(seen).startsWith("00-" + TRACE).isNotEqualTo(PARENT))
                .expectComplete()
                .verify(LIMIT);
        assertThat(meters.get("message.handled").tag("outcome", "done").timer().count())
                .isPositive();
    }

    @Test
    void workOfAMessageWithoutATraceGetsOneOfItsOwn() {
        Mono<String> work = Mono.deferContextual(context -> Mono.just(Traces.traceparent(context)));
        StepVerifier.create(traces.continued(null, "message.handled", work))
                .assertNext(seen -> assertThat(seen).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00"))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void nothingIsExportedUnlessAnAddressIsSet() {
        assertThat(exporters.stream()).isEmpty();
    }

    private WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(LIMIT)
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
                "org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcAutoConfiguration",
                "io.onsale.platform.postgres.PostgresAutoConfiguration"
            })
    @Import(Handlers.class)
    static class App {}

    @RestController
    @Open
    static class Handlers {

        @GetMapping("/trace")
        Mono<String> trace() {
            return Mono.deferContextual(context -> Mono.justOrEmpty(Traces.traceparent(context)));
        }

        @GetMapping("/problem")
        Mono<String> problem() {
            return Mono.error(Problem.of(CommonProblem.CONFLICT).asException());
        }
    }
}
