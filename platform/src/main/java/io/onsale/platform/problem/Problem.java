package io.onsale.platform.problem;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure on its way to the client (RFC 9457). Immutable.
 *
 * @param code the stable reason
 * @param members extension members of the answer; the texts may name them as {@code {name}}
 * @param retryAfter when trying again may help; answered as {@code Retry-After} in whole seconds, at least 1
 * @param errors what is wrong field by field
 */
public record Problem(
        ProblemCode code,
        Map<String, Object> members,
        @Nullable Duration retryAfter,
        List<FieldProblem> errors) {

    public Problem {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemCode code) {
        return new Problem(code, Map.of(), null, List.of());
    }

    /** A {@code VALIDATION_FAILED} that names one field. */
    public static Problem invalid(String field, String rule) {
        return of(CommonProblem.VALIDATION_FAILED).errors(List.of(FieldProblem.of(field, rule)));
    }

    /** Adds an extension member. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(code, more, retryAfter, errors);
    }

    public Problem retryAfter(Duration delay) {
        return new Problem(code, members, delay, errors);
    }

    /** What the {@code Retry-After} header says (RFC 9110): whole seconds, at least 1; empty without a delay. */
    public OptionalLong retryAfterSeconds() {
        return retryAfter == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(1, (retryAfter.toMillis() + 999) / 1000));
    }

    public Problem errors(List<FieldProblem> fieldProblems) {
        return new Problem(code, members, retryAfter, fieldProblems);
    }

    /** The exception that carries this problem out of a reactive chain. */
    public ProblemException asException() {
        return new ProblemException(this);
    }
}
