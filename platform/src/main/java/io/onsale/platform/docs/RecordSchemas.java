package io.onsale.platform.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.core.util.RefUtils;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says of each property of a record whether it may be null and whether it is always there, from the same
 * {@code @Nullable} and constraints the compiler and the validator read.
 */
final class RecordSchemas implements ModelConverter {
    private static final List<Class<? extends Annotation>> DEMANDED =
            List.of(NotNull.class, NotBlank.class, NotEmpty.class);

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        JavaType javaType = Json31.mapper().constructType(type.getType());
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        if (resolved != null && javaType != null && javaType.getRawClass().isRecord()) {
            complete(definition(resolved, context), javaType.getRawClass());
        }
        return resolved;
    }

    private static Schema<?> definition(Schema<?> resolved, ModelConverterContext context) {
        if (resolved.get$ref() == null) {
            return resolved;
        }
        Object name = RefUtils.extractSimpleName(resolved.get$ref()).getLeft();
        Schema<?> defined = context.getDefinedModels().get(String.valueOf(name));
        return defined == null ? resolved : defined;
    }

    private static void complete(Schema<?> schema, Class<?> type) {
        @SuppressWarnings("rawtypes")
        Map<String, Schema> properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        if (schema.getTypes() == null) {
            schema.addType("object");
        }
        boolean isRequest = type.getSimpleName().contains("Request");
        Set<String> required = new LinkedHashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> property = properties.get(component.getName());
            if (property == null) {
                continue;
            }
            if (bears(component, List.of(NotBlank.class)) && Integer.valueOf(0).equals(property.getMinLength())) {
                property.setMinLength(1);
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (nullable) {
                allowNull(properties, component.getName(), property);
            }
            if (isDemanded(component) || (!isRequest && !nullable && !isLeftOutWhenEmpty(component))) {
                required.add(component.getName());
            }
        }
        schema.setRequired(List.copyOf(required));
    }

    private static void allowNull(
            @SuppressWarnings("rawtypes") Map<String, Schema> properties, String name, Schema<?> property) {
        if (property.get$ref() != null) {
            Schema<Object> either = new Schema<>();
            either.addAnyOfItem(new Schema<>().$ref(property.get$ref()));
            either.addAnyOfItem(new Schema<>().types(Set.of("null")));
            properties.put(name, either);
        } else if (property.getTypes() != null) {
            property.addType("null");
            allowNullAmongChoices(property);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // an enum may list null: that is the point
    private static void allowNullAmongChoices(Schema<?> property) {
        if (property.getEnum() != null && !property.getEnum().contains(null)) {
            List<Object> choices = new ArrayList<>(property.getEnum());
            choices.add(null);
            ((Schema<Object>) property).setEnum(choices);
        }
    }

    private static boolean isLeftOutWhenEmpty(RecordComponent component) {
        JsonInclude included = component.getDeclaringRecord().getAnnotation(JsonInclude.class);
        Class<?> type = component.getType();
        return included != null
                && included.value() == JsonInclude.Include.NON_EMPTY
                && (type == String.class
                        || Map.class.isAssignableFrom(type)
                        || Collection.class.isAssignableFrom(type));
    }

    private static boolean isDemanded(RecordComponent component) {
        return bears(component, DEMANDED);
    }

    private static boolean bears(RecordComponent component, List<Class<? extends Annotation>> constraints) {
        return Stream.of(component.getAccessor(), component, component.getAnnotatedType())
                .anyMatch(element -> constraints.stream().anyMatch(element::isAnnotationPresent));
    }
}
