package io.onsale.platform.docs;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one shape of every error. */
final class ProblemSchema {
    private static final String NAME = "Problem";
    private static final String MEDIA_TYPE = "application/problem+json";

    private ProblemSchema() {}

    static void addTo(Components components) {
        Schema<?> fieldProblem = new ObjectSchema()
                .addProperty("field", new StringSchema())
                .addProperty("rule", new StringSchema())
                .addProperty("message", new StringSchema())
                .required(List.of("field", "rule", "message"));
        components.addSchemas(
                NAME,
                new ObjectSchema()
                        .description("RFC 9457 problem details; `code` is stable, texts follow Accept-Language.")
                        .addProperty("type", new StringSchema().format("uri"))
                        .addProperty("title", new StringSchema())
                        .addProperty("status", new IntegerSchema())
                        .addProperty("detail", new StringSchema())
                        .addProperty("instance", new StringSchema())
                        .addProperty("code", new StringSchema().pattern("^[A-Z][A-Z0-9_]*$"))
                        .addProperty("traceId", new StringSchema())
                        .addProperty("errors", new ArraySchema().items(fieldProblem))
                        .required(List.of("type", "title", "status", "detail", "instance", "code", "traceId"))
                        .additionalProperties(true));
    }

    /** A problem answer that may carry one of these codes. */
    static ApiResponse answer(int status, Collection<String> codes) {
        String first = codes.iterator().next();
        Map<String, Object> example = new LinkedHashMap<>();
        example.put(
                "type",
                "urn:onsale:problem:" + first.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        example.put("title", "…");
        example.put("status", status);
        example.put("detail", "…");
        example.put("instance", "/api/v1/…");
        example.put("code", first);
        example.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        return new ApiResponse()
                .description(String.join(", ", codes))
                .content(new Content()
                        .addMediaType(
                                MEDIA_TYPE,
                                new MediaType()
                                        .schema(new Schema<>().$ref("#/components/schemas/" + NAME))
                                        .example(example)));
    }
}
