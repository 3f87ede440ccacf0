package io.onsale.ticketing.accounts.crypto;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Random bytes without I/O: the generator (NIST SP 800-90A) is seeded once at start, while the JDK's default one reads a device
 * file, which would block an event loop.
 */
final class Randomness {
    private static final SecureRandom RANDOM = seeded();

    private Randomness() {}

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static SecureRandom seeded() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[1]);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
