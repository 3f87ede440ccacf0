package io.onsale.queue.waiting;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 for tokens that only this app reads, cut to 128 bits. The first key signs, all are accepted, so a key is
 * rotated by putting the new one in front and dropping the old one a day later.
 */
public final class Macs {
    /** Bytes of a MAC. */
    public static final int LENGTH = 16;

    private static final int MIN_KEY_LENGTH = 32;
    private final List<Mac> prototypes;

    public Macs(List<String> keys) {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length() < MIN_KEY_LENGTH)) {
            throw new IllegalStateException("onsale.queue.token-keys: one key or more of at least 32 characters");
        }
        prototypes = keys.stream().map(Macs::prototype).toList();
    }

    /** Signs the first {@code length} bytes of a statement about an account and an event. */
    public byte[] sign(String purpose, String userId, String eventId, byte[] statement, int length) {
        return mac(prototypes.get(0), purpose, userId, eventId, statement, length);
    }

    /** Whether the bytes after the first {@code length} are the MAC of these. */
    public boolean isSigned(String purpose, String userId, String eventId, byte[] signed, int length) {
        byte[] given = Arrays.copyOfRange(signed, length, signed.length);
        boolean valid = false;
        for (Mac prototype : prototypes) {
            valid |= MessageDigest.isEqual(given, mac(prototype, purpose, userId, eventId, signed, length));
        }
        return valid;
    }

    private static byte[] mac(
            Mac prototype, String purpose, String userId, String eventId, byte[] statement, int length) {
        try {
            Mac mac = (Mac) prototype.clone();
            for (String part : new String[] {purpose, userId, eventId}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((byte) (bytes.length >> 8)); // lengths keep "ab" + "c" apart from "a" + "bc"
                mac.update((byte) bytes.length);
                mac.update(bytes);
            }
            mac.update(statement, 0, length);
            return Arrays.copyOf(mac.doFinal(), LENGTH);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mac prototype(String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
