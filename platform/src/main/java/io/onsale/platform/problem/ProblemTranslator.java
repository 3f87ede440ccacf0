package io.onsale.platform.problem;

import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatusCode;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns what a handler or the framework threw into the problem the client is told. */
final class ProblemTranslator {

    private ProblemTranslator() {}

    /** The problem for an error, {@code INTERNAL} when it is none of the client's doing. */
    static Problem translate(Throwable error) {
        if (error instanceof ProblemException known) {
            return known.problem();
        }
        if (causeOf(error, DataBufferLimitException.class) != null) {
            return Problem.of(CommonProblem.PAYLOAD_TOO_LARGE);
        }
        if (error instanceof WebExchangeBindException binding) {
            return invalid(binding.getAllErrors().stream()
                    .map(ProblemTranslator::ofObjectError)
                    .toList());
        }
        if (error instanceof HandlerMethodValidationException parameters) {
            return invalid(ofParameters(parameters));
        }
        if (error instanceof MissingRequestValueException missing) {
            return Problem.invalid(missing.getName(), "Required");
        }
        if (error instanceof ServerWebInputException input) {
            return invalid(List.of(ofInput(input)));
        }
        if (error instanceof ResponseStatusException status) {
            return Problem.of(codeOf(status.getStatusCode()));
        }
        return Problem.of(CommonProblem.INTERNAL);
    }

    private static Problem invalid(List<FieldProblem> errors) {
        return Problem.of(CommonProblem.VALIDATION_FAILED).errors(errors);
    }

    private static FieldProblem ofObjectError(ObjectError error) {
        String field = error instanceof FieldError fieldError ? fieldError.getField() : error.getObjectName();
        if (error.contains(ConstraintViolation.class)) {
            return new FieldProblem(field, ruleOf(error), attributes(error.unwrap(ConstraintViolation.class)));
        }
        return FieldProblem.of(field, "typeMismatch".equals(error.getCode()) ? "Type" : ruleOf(error));
    }

    private static List<FieldProblem> ofParameters(HandlerMethodValidationException error) {
        List<FieldProblem> problems = new ArrayList<>();
        for (var result : error.getParameterValidationResults()) {
            String parameter = result.getMethodParameter().getParameterName();
            for (var each : result.getResolvableErrors()) {
                if (each instanceof ObjectError bound) {
                    problems.add(ofObjectError(bound));
                    continue;
                }
                String[] codes = each.getCodes();
                String rule = codes == null || codes.length == 0 ? "Valid" : codes[codes.length - 1];
                problems.add(new FieldProblem(
                        parameter == null ? "request" : parameter,
                        rule,
                        attributes(result.unwrap(each, ConstraintViolation.class))));
            }
        }
        return problems;
    }

    private static FieldProblem ofInput(ServerWebInputException error) {
        UnrecognizedPropertyException unknown = causeOf(error, UnrecognizedPropertyException.class);
        if (unknown != null) {
            return FieldProblem.of(pathOf(unknown), "Unknown");
        }
        JacksonException json = causeOf(error, JacksonException.class);
        if (json != null) {
            boolean malformed =
                    json instanceof StreamReadException && json.getPath().isEmpty();
            return FieldProblem.of(pathOf(json), malformed ? "Json" : "Type");
        }
        MethodParameter parameter = error.getMethodParameter();
        if (parameter == null || parameter.hasParameterAnnotation(RequestBody.class)) {
            return FieldProblem.of("body", "Required");
        }
        String name = parameter.getParameterName() == null ? "request" : parameter.getParameterName();
        return FieldProblem.of(name, error.getCause() == null ? "Required" : "Type");
    }

    private static String pathOf(JacksonException error) {
        StringBuilder path = new StringBuilder();
        for (var reference : error.getPath()) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String ruleOf(ObjectError error) {
        return error.getCode() == null ? "Valid" : error.getCode();
    }

    private static Map<String, Object> attributes(ConstraintViolation<?> violation) {
        return violation.getConstraintDescriptor().getAttributes().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Number || entry.getValue() instanceof String)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static ProblemCode codeOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> CommonProblem.VALIDATION_FAILED;
            case 401 -> CommonProblem.TOKEN_INVALID;
            case 403 -> CommonProblem.FORBIDDEN;
            case 404 -> CommonProblem.NOT_FOUND;
            case 405 -> CommonProblem.METHOD_NOT_ALLOWED;
            case 406 -> CommonProblem.NOT_ACCEPTABLE;
            case 409 -> CommonProblem.CONFLICT;
            case 413 -> CommonProblem.PAYLOAD_TOO_LARGE;
            case 415 -> CommonProblem.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> CommonProblem.RATE_LIMITED;
            case 502, 503, 504 -> CommonProblem.UNAVAILABLE;
            default -> CommonProblem.INTERNAL;
        };
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable error, Class<T> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
