package io.onsale.ticketing.accounts.model;

import java.util.Locale;
import java.util.Set;

/** Which passwords are accepted (NIST SP 800-63B: length counts, composition rules do not). */
public final class PasswordPolicy {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;
    private static final Set<String> COMMON = Set.of(
            "password",
            "password1",
            "passw0rd",
            "12345678",
            "123456789",
            "1234567890",
            "87654321",
            "qwertyui",
            "qwerty123",
            "qwer1234",
            "1q2w3e4r",
            "1q2w3e4r5t",
            "asdf1234",
            "iloveyou",
            "11111111",
            "00000000",
            "sunshine",
            "football",
            "princess",
            "letmein1",
            "welcome1",
            "abcd1234",
            "abc12345",
            "dkssudgktpdy");

    private PasswordPolicy() {}

    /** Whether the account with this e-mail address may take the password. */
    public static boolean accepts(String password, EmailAddress email) {
        int length = password.codePointCount(0, password.length());
        String lower = password.toLowerCase(Locale.ROOT);
        return length >= MIN_LENGTH
                && length <= MAX_LENGTH
                && !COMMON.contains(lower)
                && password.chars().distinct().count() > 2
                && !lower.equals(email.value());
    }
}
