package io.onsale.local.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Personal columns in the form in which the accounts module keeps them: key id, nonce and AES-256-GCM ciphertext bound to
 * column and row, and a keyed hash to find the row by.
 */
final class PersonalColumns {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] key;
    private final byte[] indexKey;

    /** Both keys in Base64, as the secrets hold them. */
    PersonalColumns(String key, String indexKey) {
        this.key = Base64.getDecoder().decode(key.strip());
        this.indexKey = Base64.getDecoder().decode(indexKey.strip());
    }

    byte[] seal(String column, UUID userId, String value) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((column + '\0' + userId).getBytes(UTF_8));
            byte[] sealed = cipher.doFinal(value.getBytes(UTF_8));
            byte[] keyId = MessageDigest.getInstance("SHA-256").digest(key);
            return ByteBuffer.allocate(Integer.BYTES + NONCE_BYTES + sealed.length)
                    .put(keyId, 0, Integer.BYTES)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] index(String column, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(indexKey, "HmacSHA256"));
            return mac.doFinal((column + '\0' + value).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
