package io.onsale.ticketing.accounts.web;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.PasswordPolicy;
import io.onsale.ticketing.accounts.model.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** Turns checked strings of a request into values of the model; {@code VALIDATION_FAILED} where they are none. */
final class Fields {
    /** Any text of one line. */
    static final String ONE_LINE = "\\P{Cntrl}*";

    private Fields() {}

    static @Nullable PhoneNumber phone(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        return PhoneNumber.of(typed)
                .orElseThrow(() -> Problem.invalid("phone", "Phone").asException());
    }

    static String password(String field, String typed, EmailAddress email) {
        if (!PasswordPolicy.accepts(typed, email)) {
            throw Problem.invalid(field, "Password").asException();
        }
        return typed;
    }
}
