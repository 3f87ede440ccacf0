package io.onsale.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class ApiDocumentTest {
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway();
        gateway.queue().answers(TestService.json(document("/api/v1/queue/enter")));
        gateway.ticketing().answers(TestService.json(document("/api/v1/events")));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void halfADocumentIsNeverTakenForTheWhole() {
        gateway.ticketing().answers(TestService.status(503, "{}"));
        read().expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueMatches("Retry-After", "\\d+")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("SERVICE_UNAVAILABLE")
                .jsonPath("$.service")
                .isEqualTo("ticketing");

        gateway.ticketing().answers(TestService.json(document("/api/v1/events")));
        read().expectStatus().isOk().expectBody().jsonPath("$.paths.length()").isEqualTo(2);
    }

    @Test
    void whoReadsOftenAsksTheServicesOnce() {
        for (int i = 0; i < 5; i++) {
            read().expectStatus().isOk();
        }
        assertThat(gateway.ticketing().seen()).hasSize(1);
        assertThat(gateway.queue().seen()).hasSize(1);
    }

    private ResponseSpec read() {
        return gateway.client().get().uri("/v3/api-docs").exchange();
    }

    private static String document(String path) {
        return "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"t\", \"version\": \"v1\"}, \"paths\": {\"" + path
                + "\": {\"get\": {}}}}";
    }
}
