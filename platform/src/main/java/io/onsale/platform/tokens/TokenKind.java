package io.onsale.platform.tokens;

/**
 * A kind of signed token. Each kind has its own {@code typ}, {@code aud} and set of keys, so that none can be taken
 * for another (RFC 8725, sections 3.11 and 3.12).
 *
 * @param name name of the key set in {@code onsale.tokens.jwks}, and of the signer that may issue it
 * @param type the {@code typ} header
 * @param audience the {@code aud} claim
 */
public record TokenKind(String name, String type, String audience) {
    /** Who the caller is: issued at login, verified at the edge and again inside. */
    public static final TokenKind ACCESS = new TokenKind("access", "at+jwt", "onsale-api");
}
