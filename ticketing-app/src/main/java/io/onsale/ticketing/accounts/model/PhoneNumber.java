package io.onsale.ticketing.accounts.model;

import java.util.Optional;

/** A phone number in E.164 form, so that one number has one spelling. */
public record PhoneNumber(String value) {
    private static final String KOREA = "+82";

    /** Reads {@code 010-1234-5678} as a Korean number and {@code +…} as international; empty when it is neither. */
    public static Optional<PhoneNumber> of(String typed) {
        String bare = typed.strip().replaceAll("[\\s().-]", "");
        String international = bare.startsWith("0") && !bare.startsWith("00") ? KOREA + bare.substring(1) : bare;
        return international.matches("\\+[1-9][0-9]{6,14}")
                ? Optional.of(new PhoneNumber(international))
                : Optional.empty();
    }

    /** Never prints the number: it is personal. */
    @Override
    public String toString() {
        return "PhoneNumber[…]";
    }
}
