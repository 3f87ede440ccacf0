package io.onsale.platform.tokens;

/** What verification found. */
public sealed interface TokenCheck {

    /** Signed by us, of the asked kind, not over. */
    record Valid(VerifiedToken token) implements TokenCheck {}

    /** Signed by us and of the asked kind, but its time is over. */
    record Expired() implements TokenCheck {}

    /** Its key is not known and not every issuer could be asked just now: it may well be valid. */
    record Undecided() implements TokenCheck {}

    /** Not ours, not of this kind, or not a token. The reason is for logs only. */
    record Invalid(String reason) implements TokenCheck {}
}
