package io.onsale.ticketing.accounts.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** An opaque refresh token: 256 random bits. The store knows only its hash. */
public record RefreshToken(String value) {
    private static final byte[] SUCCESSOR = "successor".getBytes(UTF_8);

    /** A new token. */
    public static RefreshToken random() {
        return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(Randomness.bytes(32)));
    }

    /** What the store knows it by. */
    public byte[] hash() {
        return sha256("refresh:" + value);
    }

    /** Hides the successor so that only who presents this token can read it: the store's content opens no session. */
    public byte[] seal(RefreshToken successor) {
        return cipher().seal(successor.value.getBytes(UTF_8), SUCCESSOR);
    }

    /** The successor hidden by {@link #seal}. */
    public RefreshToken open(byte[] sealedSuccessor) {
        return new RefreshToken(new String(cipher().open(sealedSuccessor, SUCCESSOR), UTF_8));
    }

    private AesGcm cipher() {
        return new AesGcm(sha256("seal:" + value));
    }

    /** Fingerprint of a device, by what its browser or app says of itself. */
    public static byte[] device(String userAgent) {
        return sha256("device:" + userAgent);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Never prints the token. */
    @Override
    public String toString() {
        return "RefreshToken[…]";
    }
}
