package io.onsale.loadtest.sweep;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One operation as the document describes it. */
record Operation(String method, String path, JsonNode description) {

    /** A parameter; {@code in} is path, query, header or cookie. */
    record Parameter(String name, String in, boolean required, JsonNode schema, JsonNode example) {}

    static List<Operation> of(JsonNode document) {
        List<Operation> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                all.add(new Operation(
                        call.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), call.getValue()));
            }
        }
        return all;
    }

    String name() {
        return method + " " + path;
    }

    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode each : description.path("parameters")) {
            JsonNode example = each.has("example")
                    ? each.path("example")
                    : each.path("schema").path("example");
            parameters.add(new Parameter(
                    each.path("name").asString(""),
                    each.path("in").asString(""),
                    each.path("required").asBoolean(false),
                    each.path("schema"),
                    example));
        }
        return parameters;
    }

    /** The media type a body is sent as; empty when the operation takes none. */
    String bodyType() {
        Iterator<String> types =
                description.path("requestBody").path("content").propertyNames().iterator();
        return types.hasNext() ? types.next() : "";
    }

    JsonNode bodySchema() {
        return description.path("requestBody").path("content").path(bodyType()).path("schema");
    }

    JsonNode response(int status) {
        return description.path("responses").path(Integer.toString(status));
    }

    /** Whether what it answers or changes belongs to one buyer alone. */
    boolean isPrivate() {
        return path.matches("/api/v1/(reservations|payments|tickets)/(hold/)?\\{id}.*");
    }

    /** Whether others succeed only after it: somebody has to sign up before the example can log in. */
    boolean isFirst() {
        return path.endsWith("/register");
    }

    /** Whether it ends something that the other operations need: those come last. */
    boolean isFinal() {
        return method.equals("DELETE")
                || path.endsWith("/cancel")
                || path.endsWith("/clear")
                || path.endsWith("/logout")
                || path.endsWith("/password")
                || path.endsWith("/publish");
    }

    /** Whether the caller's own account or token ends by it. */
    boolean endsItsCaller() {
        return path.endsWith("/logout") || path.equals("/api/v1/users/me") && method.equals("DELETE");
    }
}
