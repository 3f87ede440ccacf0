package io.onsale.platform.docs;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Says patterns in the dialect that JSON Schema asks for (ECMA 262): Java's own classes spelled out, and anchored, since the
 * validator matches the whole text where JSON Schema searches in it.
 */
final class PortablePatterns {
    private static final String PRINTABLE = "[^\\u0000-\\u001f\\u007f]";
    private static final String PRINTABLE_OR_BREAK = "[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]";

    private PortablePatterns() {}

    static void rewrite(OpenAPI api) {
        if (api.getComponents() != null && api.getComponents().getSchemas() != null) {
            api.getComponents().getSchemas().values().forEach(PortablePatterns::rewrite);
        }
        if (api.getPaths() != null) {
            for (PathItem path : api.getPaths().values()) {
                path.readOperations().forEach(PortablePatterns::rewrite);
            }
        }
    }

    private static void rewrite(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> rewrite(parameter.getSchema()));
        }
    }

    private static void rewrite(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if (schema.getPattern() != null) {
            schema.setPattern(portable(schema.getPattern()));
        }
        rewrite(schema.getItems());
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            rewrite(values);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(PortablePatterns::rewrite);
        }
    }

    static String portable(String java) {
        if (java.startsWith("^") && java.endsWith("$")) {
            return java;
        }
        String whole = java.replace("[\\P{Cntrl}\\r\\n\\t]", PRINTABLE_OR_BREAK).replace("\\P{Cntrl}", PRINTABLE);
        if (whole.startsWith("(?s)")) {
            whole = whole.substring("(?s)".length()).replace(".", "[\\s\\S]");
        }
        return "^(?:" + whole + ")$";
    }
}
