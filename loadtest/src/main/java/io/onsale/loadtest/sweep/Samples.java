package io.onsale.loadtest.sweep;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Good calls: the document's own examples, with ids that exist. */
final class Samples {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** A PNG of one pixel. */
    private static final String DOT =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNg" + "AAAAAgABSK+kcQAAAABJRU5ErkJggg==";

    private final Schemas schemas;
    private final World world;

    Samples(Schemas schemas, World world) {
        this.schemas = schemas;
        this.world = world;
    }

    Call call(Operation operation) {
        Call call = Call.of(operation.method(), target(operation));
        for (Operation.Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("header") && parameter.required()) {
                call = call.with(parameter.name(), value(operation, parameter));
            }
        }
        String type = operation.bodyType();
        return type.isEmpty() ? call : call.with("Content-Type", type).sending(body(operation));
    }

    private String target(Operation operation) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (Operation.Parameter parameter : operation.parameters()) {
            String value = value(operation, parameter);
            if (parameter.in().equals("path")) {
                path = path.replace("{" + parameter.name() + "}", value);
            } else if (parameter.in().equals("query") && parameter.required()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.name())
                        .append('=')
                        .append(value);
            }
        }
        return path + query;
    }

    /** A fresh idempotency key is put in when the call is sent. */
    private String value(Operation operation, Operation.Parameter parameter) {
        String name = parameter.name();
        if (name.equals("Idempotency-Key")) {
            return Sweep.FRESH_KEY;
        }
        boolean isId = name.equals("id") || name.endsWith("Id");
        if (isId) {
            return world.pathId(operation.path(), name);
        }
        JsonNode example = parameter.example();
        JsonNode choice = schemas.resolve(parameter.schema()).path("enum").path(0);
        return !example.isMissingNode() ? example.asString() : choice.asString("1");
    }

    byte[] body(Operation operation) {
        if (operation.bodyType().startsWith("image/")) {
            return Base64.getDecoder().decode(DOT);
        }
        if (!operation.bodyType().equals("application/json")) {
            return "section,grade,row,number\nA,R,1,1-10\n".getBytes(StandardCharsets.UTF_8);
        }
        return JSON.writeValueAsBytes(json(operation));
    }

    JsonNode json(Operation operation) {
        return withKnownIds(operation.path(), valueOf(operation.bodySchema()));
    }

    /** The schema's own example, else the least it asks for. */
    JsonNode valueOf(JsonNode schema) {
        JsonNode resolved = schemas.resolve(schema);
        if (resolved.has("example")) {
            return resolved.path("example").deepCopy();
        }
        if (resolved.has("enum")) {
            return resolved.path("enum").path(0);
        }
        return switch (typeOf(resolved)) {
            case "object" -> object(resolved);
            case "array" -> JSON.createArrayNode().add(valueOf(resolved.path("items")));
            case "integer", "number" ->
                JSON.getNodeFactory().numberNode(resolved.path("minimum").asInt(1));
            case "boolean" -> JSON.getNodeFactory().booleanNode(true);
            default ->
                JSON.getNodeFactory()
                        .stringNode(
                                resolved.path("format").asString("").equals("date-time")
                                        ? "2037-01-01T00:00:00Z"
                                        : "text");
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.createObjectNode();
        for (JsonNode name : schema.path("required")) {
            object.set(name.asString(), valueOf(schema.path("properties").path(name.asString())));
        }
        return object;
    }

    static String typeOf(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.path(0).asString("") : type.asString("");
    }

    private JsonNode withKnownIds(String path, JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                String known = world.field(path, field.getKey());
                List<String> list = world.list(field.getKey());
                if (field.getValue().isString() && known != null) {
                    object.put(field.getKey(), known);
                } else if (field.getValue().isArray() && !list.isEmpty()) {
                    ArrayNode array = object.putArray(field.getKey());
                    list.forEach(array::add);
                } else {
                    withKnownIds(path, field.getValue());
                }
            }
        } else {
            value.forEach(item -> withKnownIds(path, item));
        }
        return value;
    }
}
