package io.onsale.platform.problem;

import java.util.Map;

/**
 * What is wrong with one field of a request.
 *
 * @param field path of the field, such as {@code prices[0].amount}
 * @param rule name of the broken rule; its text is {@code rule.<name>}
 * @param args values that the text names, such as {@code max}
 */
public record FieldProblem(String field, String rule, Map<String, Object> args) {

    /** A broken rule whose text needs no values. */
    public static FieldProblem of(String field, String rule) {
        return new FieldProblem(field, rule, Map.of());
    }
}
