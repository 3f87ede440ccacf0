package io.onsale.ticketing.accounts.model;

import io.onsale.platform.tokens.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person's account as its owner sees it. */
public record Account(
        UUID id,
        @Nullable EmailAddress email,
        String name,
        @Nullable PhoneNumber phone,
        Role role,
        Status status,
        boolean emailVerified,
        Instant createdAt,
        @Nullable Instant lastLoginAt) {

    /** Whether an account can be used. */
    public enum Status {
        ACTIVE,
        /** Not used for long: wakes with the next login. */
        DORMANT,
        /** Left for good; personal data are erased. */
        WITHDRAWN
    }
}
