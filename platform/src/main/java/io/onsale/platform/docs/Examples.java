package io.onsale.platform.docs;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Map;

/** Shows what parameters look like: their names mean the same in every operation. */
final class Examples {
    private static final Map<String, Object> BY_NAME = Map.ofEntries(
            Map.entry("page", 0),
            Map.entry("size", 20),
            Map.entry("limit", 20),
            Map.entry("q", "콘서트"),
            Map.entry("status", "ON_SALE"),
            Map.entry("from", "2026-03-01T00:00:00Z"),
            Map.entry("to", "2026-06-01T00:00:00Z"),
            Map.entry("sort", "startsAt"),
            Map.entry("name", "Main"),
            Map.entry("provider", "kakao"),
            Map.entry("Queue-Pass", "eyJhbGciOiJSUzI1NiIsInR5cCI6InBhc3Mrand0In0.e30.c2lnbmF0dXJl"));
    private static final String AN_ID = "01980000-0000-7000-8000-000000000001";

    private Examples() {}

    static void addTo(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(Examples::addTo);
        }
    }

    private static void addTo(Parameter parameter) {
        boolean shown = parameter.getExample() != null
                || (parameter.getSchema() != null && parameter.getSchema().getExample() != null);
        if (shown) {
            return;
        }
        String name = parameter.getName();
        if (BY_NAME.containsKey(name)) {
            parameter.setExample(BY_NAME.get(name));
        } else if (isId(parameter)) {
            parameter.setExample(AN_ID);
        }
    }

    private static boolean isId(Parameter parameter) {
        return !"cookie".equals(parameter.getIn())
                && (parameter.getName().equals("id") || parameter.getName().endsWith("Id"))
                && (parameter.getSchema() == null
                        || parameter.getSchema().getTypes() == null
                        || parameter.getSchema().getTypes().contains("string"));
    }
}
