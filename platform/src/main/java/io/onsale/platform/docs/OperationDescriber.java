package io.onsale.platform.docs;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.ProblemCode;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Open;
import io.onsale.platform.web.RequireRole;
import io.swagger.v3.oas.models.Operation;
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
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation who may call it and which problems it may answer: the common ones and its module's own. */
final class OperationDescriber implements GlobalOperationCustomizer {
    /** What the edge may answer in place of a service. */
    private static final Map<Integer, Set<String>> AT_THE_EDGE = Map.of(
            503, Set.of("OVERLOADED", "SERVICE_INTERRUPTED", "SERVICE_UNAVAILABLE", "UNAVAILABLE"),
            504, Set.of("SERVICE_TIMEOUT"));

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
        codes(handler, open).forEach((status, names) -> {
            String key = status.toString();
            if (operation.getResponses().get(key) == null) {
                operation.getResponses().addApiResponse(key, ProblemSchema.answer(status, names));
            }
        });
        return operation;
    }

    private Map<Integer, Set<String>> codes(HandlerMethod handler, boolean open) {
        Map<Integer, Set<String>> byStatus = new TreeMap<>();
        String module = moduleOf(handler.getBeanType().getPackageName());
        Stream.concat(
                        Arrays.stream(CommonProblem.values())
                                .filter(code -> !open || code.status().value() != 401),
                        codesByModule.computeIfAbsent(module, OperationDescriber::scan).stream())
                .filter(code -> code != CommonProblem.CREDENTIAL_INVALID)
                .forEach(code -> byStatus.computeIfAbsent(code.status().value(), s -> new TreeSet<>())
                        .add(code.name()));
        AT_THE_EDGE.forEach((status, names) ->
                byStatus.computeIfAbsent(status, s -> new TreeSet<>()).addAll(names));
        return byStatus;
    }

    /** The package that holds a module: {@code io.onsale.ticketing.catalog} of {@code io.onsale.ticketing.catalog.web}. */
    private static String moduleOf(String packageName) {
        String[] parts = packageName.split("\\.");
        return String.join(".", Arrays.copyOf(parts, Math.min(4, parts.length)));
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
