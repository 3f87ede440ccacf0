package io.onsale.ticketing.accounts.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onsale.ticketing.accounts.model.Letter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What the link of one letter carries: 256 random bits. The store knows only its hash. */
public record MailedToken(String value) {

    /** A new token. */
    public static MailedToken random() {
        return new MailedToken(SealedCookie.randomWord());
    }

    /** What the store knows it by; a token of another kind of letter is another one. */
    public byte[] hash(Letter letter) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((letter.name() + ':' + value).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Never prints the token. */
    @Override
    public String toString() {
        return "MailedToken[…]";
    }
}
