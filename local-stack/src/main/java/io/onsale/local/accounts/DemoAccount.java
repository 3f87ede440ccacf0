package io.onsale.local.accounts;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** Somebody who can log in to the local stack. */
public record DemoAccount(Role role, String email, String password) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;

    /** The four kinds of people. */
    public enum Role {
        ADMIN,
        SELLER,
        STAFF,
        BUYER;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static DemoAccount create(Role role) {
        byte[] random = new byte[12];
        RANDOM.nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return new DemoAccount(role, role.key() + "@onsale.example", password);
    }

    /** Argon2id as the accounts module verifies it (RFC 9106; 19 MiB, two passes, one lane). */
    String passwordHash() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] hash = Argon2id.hash(password.getBytes(StandardCharsets.UTF_8), salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + Argon2id.MEMORY_KIB + ",t=" + Argon2id.PASSES + ",p=1$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }
}
