package io.onsale.ticketing.accounts.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onsale.ticketing.accounts.AccountsProperties;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Personal columns at rest: AES-256-GCM bound to row and column, so that a ciphertext copied elsewhere does not open, and a keyed
 * hash to find rows by. The first four bytes name the key, so that keys can be rotated.
 */
@Component
public final class PersonalData {
    private static final int KEY_ID_BYTES = 4;

    private final Map<Integer, AesGcm> keys = new LinkedHashMap<>();
    private final int currentKeyId;
    private final SecretKeySpec indexKey;

    PersonalData(AccountsProperties properties) {
        byte[] current = decode("onsale.accounts.pii-key", properties.piiKey());
        this.currentKeyId = idOf(current);
        keys.put(currentKeyId, new AesGcm(current));
        for (String previous : properties.piiPreviousKeys()) {
            byte[] key = decode("onsale.accounts.pii-previous-keys", previous);
            keys.put(idOf(key), new AesGcm(key));
        }
        this.indexKey =
                new SecretKeySpec(decode("onsale.accounts.pii-index-key", properties.piiIndexKey()), "HmacSHA256");
    }

    /** Encrypts a value of a person's column. */
    public byte[] seal(String column, UUID userId, String value) {
        AesGcm key = Objects.requireNonNull(keys.get(currentKeyId));
        byte[] sealed = key.seal(value.getBytes(UTF_8), context(column, userId));
        return ByteBuffer.allocate(KEY_ID_BYTES + sealed.length)
                .putInt(currentKeyId)
                .put(sealed)
                .array();
    }

    /** Decrypts what {@link #seal} made for the same column of the same person. */
    public String open(String column, UUID userId, byte[] sealed) {
        int keyId = ByteBuffer.wrap(sealed).getInt();
        AesGcm key = keys.get(keyId);
        if (key == null) {
            throw new IllegalStateException("no key " + Integer.toHexString(keyId) + " for personal data");
        }
        return new String(
                key.open(Arrays.copyOfRange(sealed, KEY_ID_BYTES, sealed.length), context(column, userId)), UTF_8);
    }

    /** The keyed hash by which an encrypted value is found and kept unique. */
    public byte[] index(String column, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(indexKey);
            return mac.doFinal((column + '\0' + value).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] context(String column, UUID userId) {
        return (column + '\0' + userId).getBytes(UTF_8);
    }

    private static byte[] decode(String property, String base64) {
        byte[] key = Base64.getDecoder().decode(base64.strip());
        if (key.length != 32) {
            throw new IllegalArgumentException(property + " must be base64 of 32 bytes, not of " + key.length);
        }
        return key;
    }

    private static int idOf(byte[] key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key))
                    .getInt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
