package io.onsale.platform.docs;

import io.onsale.platform.idempotency.Idempotency;
import io.onsale.platform.idempotency.IdempotencyProblem;
import io.onsale.platform.idempotency.Keyed;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.ProblemCode;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Open;
import io.onsale.platform.web.RequireRole;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation who may call it and which problems it may answer: the common ones and its module's own. */
final class OperationDescriber implements GlobalOperationCustomizer {
    /** What the edge may answer in place of a service. */
    private static final Map<Integer, Set<String>> AT_THE_EDGE = Map.of(
            403, Set.of("ORIGIN_REFUSED"),
            503, Set.of("OVERLOADED", "SERVICE_INTERRUPTED", "SERVICE_UNAVAILABLE", "UNAVAILABLE"),
            504, Set.of("SERVICE_TIMEOUT"));

    /** What the HTTP server answers by itself, without a body. */
    private static final Map<String, String> AT_THE_DOOR =
            Map.of("414", "The address is too long", "431", "The headers are too large");

    /** Spring Modulith's annotation, which an app without modules does not know. */
    private static final String MODULE = "org.springframework.modulith.ApplicationModule";
    /** Segments of an app's package: io.onsale.ticketing. */
    private static final int APP_DEPTH = 3;

    private final Map<String, List<ProblemCode>> codesByModule = new ConcurrentHashMap<>();

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        boolean open = isOpen(handler);
        if (!open) {
            operation.addSecurityItem(new SecurityRequirement().addList(DocsAutoConfiguration.BEARER));
        }
        RequireRole roles = roles(handler);
        if (roles != null) {
            String names = Arrays.stream(roles.value()).map(Role::name).collect(Collectors.joining(", "));
            String before = operation.getDescription() == null ? "" : operation.getDescription() + "\n\n";
            operation.setDescription(before + "Roles: " + names + ".");
        }
        if (handler.hasMethodAnnotation(Keyed.class)) {
            operation.addParametersItem(new HeaderParameter()
                    .name(Idempotency.HEADER)
                    .required(true)
                    .description(
                            "Made by the client, quoted or bare; the same key with the same body gets the same answer.")
                    .schema(new StringSchema()
                            .pattern("^[!#-~]{1,255}$")
                            .example("6f0f8f0e-0b5a-4f6e-9f53-1c2f0c3f7c11")));
        }
        codes(handler).forEach((status, names) -> {
            String key = status.toString();
            if (operation.getResponses().get(key) == null) {
                operation.getResponses().addApiResponse(key, ProblemSchema.answer(status, names));
            }
        });
        Examples.addTo(operation);
        allowNoBody(operation);
        AT_THE_DOOR.forEach((status, reason) ->
                operation.getResponses().addApiResponse(status, new ApiResponse().description(reason)));
        return operation;
    }

    /** Where no body need be sent, {@code null} is one too. */
    private static void allowNoBody(Operation operation) {
        RequestBody body = operation.getRequestBody();
        if (body == null || Boolean.TRUE.equals(body.getRequired())) {
            return;
        }
        MediaType json = body.getContent().get("application/json");
        if (json != null) {
            json.setSchema(
                    new Schema<>().addAnyOfItem(json.getSchema()).addAnyOfItem(new Schema<>().types(Set.of("null"))));
        }
    }

    private Map<Integer, Set<String>> codes(HandlerMethod handler) {
        Map<Integer, Set<String>> byStatus = new TreeMap<>();
        Stream<ProblemCode> ofModules = modulesBehind(handler.getBeanType().getPackageName()).stream()
                .flatMap(module -> codesByModule.computeIfAbsent(module, OperationDescriber::scan).stream());
        Stream<ProblemCode> ofKeys =
                handler.hasMethodAnnotation(Keyed.class) ? Stream.of(IdempotencyProblem.values()) : Stream.of();
        Stream.of(Stream.of(CommonProblem.values()), ofModules, ofKeys)
                .flatMap(codes -> codes)
                .filter(code -> code != CommonProblem.CREDENTIAL_INVALID)
                .forEach(code -> byStatus.computeIfAbsent(code.status().value(), s -> new TreeSet<>())
                        .add(code.name()));
        AT_THE_EDGE.forEach((status, names) ->
                byStatus.computeIfAbsent(status, s -> new TreeSet<>()).addAll(names));
        return byStatus;
    }

    /**
     * The packages whose problems a handler may answer: its module and those the module may call, as its
     * {@code @ApplicationModule} says; the whole app where it has no modules.
     */
    private static List<String> modulesBehind(String packageName) {
        String[] parts = packageName.split("\\.");
        String app = String.join(".", Arrays.copyOf(parts, Math.min(APP_DEPTH, parts.length)));
        if (parts.length <= APP_DEPTH) {
            return List.of(app);
        }
        String module = app + "." + parts[APP_DEPTH];
        MergedAnnotation<?> declared = declaredModule(module);
        if (!declared.isPresent()) {
            return List.of(app);
        }
        return Stream.concat(
                        Stream.of(module),
                        Arrays.stream(declared.getStringArray("allowedDependencies"))
                                .map(dependency -> app + "." + dependency.replaceAll("\\s*::.*", "")))
                .toList();
    }

    private static MergedAnnotation<?> declaredModule(String module) {
        try {
            Class<?> info = ClassUtils.forName(module + ".package-info", OperationDescriber.class.getClassLoader());
            return MergedAnnotations.from(info).get(MODULE);
        } catch (ClassNotFoundException e) {
            return MergedAnnotation.missing();
        }
    }

    private static List<ProblemCode> scan(String module) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(ProblemCode.class));
        return scanner.findCandidateComponents(module).stream()
                .map(found -> ClassUtils.resolveClassName(
                        String.valueOf(found.getBeanClassName()), OperationDescriber.class.getClassLoader()))
                .filter(Class::isEnum)
                .flatMap(type -> Arrays.stream(type.getEnumConstants()))
                .map(ProblemCode.class::cast)
                .toList();
    }

    private static boolean isOpen(HandlerMethod handler) {
        return handler.hasMethodAnnotation(Open.class)
                || (!handler.hasMethodAnnotation(RequireRole.class)
                        && AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), Open.class));
    }

    private static @Nullable RequireRole roles(HandlerMethod handler) {
        RequireRole own = handler.getMethodAnnotation(RequireRole.class);
        return own != null || handler.hasMethodAnnotation(Open.class)
                ? own
                : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), RequireRole.class);
    }
}
