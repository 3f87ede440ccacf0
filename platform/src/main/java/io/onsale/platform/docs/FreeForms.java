package io.onsale.platform.docs;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Set;

/**
 * Says of maps whose values may be anything that they may: by default their values are called objects, which leaves out texts and
 * numbers.
 */
final class FreeForms {

    private FreeForms() {}

    static void open(OpenAPI api) {
        if (api.getComponents() != null && api.getComponents().getSchemas() != null) {
            for (Schema<?> schema : api.getComponents().getSchemas().values()) {
                if (schema.getProperties() != null) {
                    schema.getProperties().values().forEach(FreeForms::open);
                }
            }
        }
    }

    private static void open(Schema<?> property) {
        if (property.getAdditionalProperties() instanceof Schema<?> values && isAnyObject(values)) {
            property.setAdditionalProperties(true);
        }
    }

    private static boolean isAnyObject(Schema<?> values) {
        return Set.of("object").equals(values.getTypes())
                && values.get$ref() == null
                && values.getProperties() == null
                && values.getAdditionalProperties() == null;
    }
}
