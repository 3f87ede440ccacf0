package io.onsale.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergedDocumentTest {

    @Test
    void pathsOfAllServicesStandInOneDocument() {
        Map<String, Object> whole = new MergedDocument()
                .add("queue", document("/api/v1/queue/enter", "Place", "string"))
                .add("ticketing", document("/api/v1/events", "Event", "string"))
                .whole();
        assertThat(whole.get("openapi")).isEqualTo("3.1.0");
        assertThat(names(whole, "paths")).containsExactly("/api/v1/events", "/api/v1/queue/enter");
        assertThat(whole.get("servers").toString()).contains("url=/");
    }

    @Test
    void whatTwoServicesShareStandsOnce() {
        Map<String, Object> whole = new MergedDocument()
                .add("queue", document("/a", "Problem", "string"))
                .add("ticketing", document("/b", "Problem", "string"))
                .whole();
        assertThat(schemas(whole).keySet()).containsExactly("Problem");
    }

    @Test
    void twoThingsOfOneNameAreKeptApartWithTheirReferences() {
        Map<String, Object> whole = new MergedDocument()
                .add("queue", document("/a", "Item", "string"))
                .add("ticketing", document("/b", "Item", "integer"))
                .whole();
        assertThat(schemas(whole).keySet()).containsExactly("Item", "ticketingItem");
        assertThat(whole.get("paths").toString())
                .contains("#/components/schemas/Item")
                .contains("#/components/schemas/ticketingItem");
    }

    private static Map<String, Object> document(String path, String schema, String type) {
        return Map.of(
                "openapi",
                "3.1.0",
                "info",
                Map.of("title", "t", "version", "v1"),
                "tags",
                List.of(Map.of("name", path)),
                "paths",
                Map.of(path, Map.of("get", Map.of("schema", Map.of("$ref", "#/components/schemas/" + schema)))),
                "components",
                Map.of("schemas", Map.of(schema, Map.of("type", type))));
    }

    @SuppressWarnings("unchecked")
    private static Set<String> names(Map<String, Object> whole, String part) {
        return ((Map<String, Object>) whole.get(part)).keySet();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> schemas(Map<String, Object> whole) {
        return ((Map<String, Map<String, Object>>) whole.get("components")).get("schemas");
    }
}
