package io.onsale.platform.tokens;

/** What an account may do; the {@code role} claim of an access token. */
public enum Role {
    BUYER,
    SELLER,
    STAFF,
    ADMIN
}
