package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the waiting room's API, which the gateway joins to the others'. */
class ApiDocumentTest extends RunningQueue {

    @Test
    void everyCallNamesTheLinesProblems() throws IOException {
        byte[] document = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build()
                .get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        Files.write(Path.of("target/api-docs.json"), document);
        JsonNode api = JsonMapper.shared().readTree(document);
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.path("paths").propertyNames())
                .contains("/api/v1/queue/enter", "/api/v1/queue/stream", "/api/v1/queue/admin/{eventId}");
        JsonNode enter = api.path("paths").path("/api/v1/queue/enter").path("post");
        assertThat(enter.at("/responses/503/description").asString()).contains("LINE_FULL", "SERVICE_INTERRUPTED");
        assertThat(enter.path("security").isEmpty()).isFalse();
        assertThat(api.at("/components/schemas/Standing/properties").propertyNames())
                .contains("position", "placeToken");
    }
}
