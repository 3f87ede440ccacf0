package io.onsale.platform.docs;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says of everything that is sent in a body that unknown fields are refused, as they are. Answers stay open: a field may be added
 * to them without notice.
 */
final class ClosedRequests {
    private static final String SCHEMAS = "#/components/schemas/";

    @SuppressWarnings("rawtypes")
    private final Map<String, Schema> schemas;

    private final Set<String> seen = new HashSet<>();

    private ClosedRequests(@SuppressWarnings("rawtypes") Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    static void close(OpenAPI api) {
        if (api.getPaths() == null
                || api.getComponents() == null
                || api.getComponents().getSchemas() == null) {
            return;
        }
        ClosedRequests closing = new ClosedRequests(api.getComponents().getSchemas());
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(ClosedRequests::bodies)
                .forEach(closing::close);
    }

    private static Stream<Schema<?>> bodies(Operation operation) {
        if (operation.getRequestBody() == null || operation.getRequestBody().getContent() == null) {
            return Stream.of();
        }
        return operation.getRequestBody().getContent().values().stream()
                .filter(media -> media.getSchema() != null)
                .map(media -> media.getSchema());
    }

    private void close(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            String name = schema.get$ref().substring(SCHEMAS.length());
            if (seen.add(name)) {
                close(schemas.get(name));
            }
            return;
        }
        if (schema.getProperties() != null) {
            if (schema.getAdditionalProperties() == null) {
                schema.setAdditionalProperties(false);
            }
            schema.getProperties().values().forEach(this::close);
        }
        close(schema.getItems());
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(this::close);
        }
    }
}
