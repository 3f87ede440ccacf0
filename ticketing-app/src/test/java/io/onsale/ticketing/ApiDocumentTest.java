package io.onsale.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of this app's API is complete enough to drive a client, or a fuzzer. */
class ApiDocumentTest extends TicketingTest {
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final List<String> ANY_CALL = List.of("400", "404", "406", "414", "429", "500", "503", "504");

    private JsonNode api = JsonMapper.shared().createObjectNode();
    private final Map<String, JsonNode> operations = new HashMap<>();

    @BeforeEach
    void read() throws IOException {
        byte[] document = http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
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
        api = JsonMapper.shared().readTree(document);
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(call -> operations.put(call.getKey() + " " + path.getKey(), call.getValue())));
    }

    private JsonNode operation(String name) {
        assertThat(operations).containsKey(name);
        return operations.get(name);
    }

    @Test
    void isOpenApi31OfAllOperations() {
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(operations).hasSizeGreaterThan(45);
        assertThat(operations.keySet()).noneMatch(name -> name.contains("/internal/"));
    }

    @Test
    void everyOperationNamesItsAnswersAndItsProblems() {
        operations.forEach((name, operation) -> {
            JsonNode responses = operation.path("responses");
            assertThat(responses.propertyNames())
                    .as(name)
                    .containsAll(ANY_CALL)
                    .anyMatch(status -> status.matches("[23].."));
            assertThat(responses
                            .at("/404/content/application~1problem+json/schema/$ref")
                            .asString(""))
                    .as(name)
                    .isEqualTo("#/components/schemas/Problem");
        });
        assertThat(operation("post /api/v1/payments")
                        .at("/responses/403/description")
                        .asString())
                .as("problems of modules that the checkout calls")
                .contains("PAYMENT_TOKEN_INVALID");
        assertThat(operation("get /api/v1/venues").path("responses").toString())
                .doesNotContain("PAYMENT_TOKEN_INVALID");
    }

    @Test
    void whoMayCallIsSaid() {
        assertThat(operation("get /api/v1/events").has("security")).isFalse();
        assertThat(operation("post /api/v1/auth/login").has("security")).isFalse();
        assertThat(operation("get /api/v1/tickets").path("security").isEmpty()).isFalse();
        assertThat(operation("post /api/v1/events").path("description").asString())
                .contains("SELLER, ADMIN");
    }

    @Test
    void keysAndAnswersOfIdempotentCallsAreDescribed() {
        for (String call : List.of(
                "post /api/v1/reservations/hold",
                "post /api/v1/payments",
                "post /api/v1/payments/confirm",
                "post /api/v1/reservations/{id}/refund")) {
            JsonNode operation = operation(call);
            assertThat(operation.path("parameters").toString()).as(call).contains("\"Idempotency-Key\"");
            assertThat(operation.at("/responses/422/description").asString())
                    .as(call)
                    .contains("IDEMPOTENCY_KEY_REUSED");
        }
        assertThat(operation("post /api/v1/reservations/hold")
                        .at("/responses/201/content")
                        .toString())
                .contains("#/components/schemas/HoldHeld");
        assertThat(operation("delete /api/v1/reservations/{id}")
                        .path("responses")
                        .propertyNames())
                .contains("202")
                .doesNotContain("200");
    }

    @Test
    void whatIsLeftOutWhenEmptyIsNotPromised() {
        JsonNode checkout = api.at("/components/schemas/Checkout");
        assertThat(checkout.path("required").toString()).isEqualTo("[\"type\"]");
    }

    @Test
    void requestsHaveExamples() {
        for (String schema : List.of("Hold", "EventCreateRequest", "AuthRegisterRequest", "PayRequest")) {
            JsonNode example = api.at("/components/schemas/" + schema).path("example");
            assertThat(example.isObject()).as(schema).isTrue();
        }
    }

    @Test
    void everyJsonRequestShowsAnExampleAndRefusesUnknownFields() {
        operations.forEach((name, operation) -> {
            String reference = operation
                    .at("/requestBody/content/application~1json/schema/$ref")
                    .asString("");
            if (!reference.isEmpty()) {
                JsonNode schema = api.at(reference.substring(1));
                assertThat(schema.path("example").isObject()).as(name).isTrue();
                assertThat(schema.path("additionalProperties").toString())
                        .as(name)
                        .isEqualTo("false");
            }
        });
    }

    @Test
    void whatMayBeAnythingIsNotCalledAnObject() {
        assertThat(api.at("/components/schemas/Checkout/properties/parameters/additionalProperties")
                        .toString())
                .isEqualTo("true");
    }

    @Test
    void whereNoBodyNeedBeSentNullIsOne() {
        operations.forEach((name, operation) -> {
            JsonNode body = operation.path("requestBody");
            boolean mayBeNull = body.at("/content/application~1json/schema/anyOf")
                    .toString()
                    .contains("{\"type\":\"null\"}");
            assertThat(mayBeNull).as(name).isEqualTo(name.equals("post /api/v1/auth/logout"));
        });
    }

    @Test
    void whereNothingMayBeChosenNullIsAmongTheChoices() {
        JsonNode mode = api.at("/components/schemas/EventWaitingRoomRequest/properties/mode");
        assertThat(mode.path("type").toString()).contains("null");
        assertThat(mode.path("enum").toString()).isEqualTo("[\"FIFO\",\"DRAW\",null]");
    }

    @Test
    void referencesLeadSomewhereAndPatternsArePortable() {
        List<String> schemas = List.copyOf(api.at("/components/schemas").propertyNames());
        api.findValuesAsString("$ref")
                .forEach(
                        reference -> assertThat(schemas).contains(reference.substring(reference.lastIndexOf('/') + 1)));
        assertThat(api.findValuesAsString("pattern"))
                .isNotEmpty()
                .allSatisfy(pattern ->
                        assertThat(pattern).startsWith("^").endsWith("$").doesNotContain("Cntrl", "(?s)"));
    }
}
