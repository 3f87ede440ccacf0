package io.onsale.loadtest.sweep;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document's schemas, as values to look at and as validators. */
final class Schemas {
    private static final String PREFIX = "#/components/schemas/";

    private final JsonNode components;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> validators = new ConcurrentHashMap<>();

    Schemas(JsonNode document) {
        this.components = document.path("components");
    }

    /** The schema itself where a reference stands, and the one that is not null where either may be. */
    JsonNode resolve(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString().substring(PREFIX.length());
            return resolve(components.path("schemas").path(name));
        }
        return schema.has("anyOf") ? resolve(schema.path("anyOf").path(0)) : schema;
    }

    /** What is wrong with a value; empty when it fits. */
    List<String> violations(JsonNode schema, JsonNode value) {
        return validators.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", components);
        return registry.getSchema(whole);
    }
}
