package io.onsale.platform.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Makes signing keys for tests. */
final class TestKeys {

    private TestKeys() {}

    static KeyPair write(Path directory, String id, int bits) {
        try {
            KeyPairGenerator generator = generator();
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            String base64 =
                    Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
            Files.writeString(
                    directory.resolve(id + ".pem"),
                    "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The native one where it loads: the JDK's own takes seconds for a key while its code is cold. */
    private static KeyPairGenerator generator() throws GeneralSecurityException {
        return Rsa.PROVIDER == null
                ? KeyPairGenerator.getInstance("RSA")
                : KeyPairGenerator.getInstance("RSA", Rsa.PROVIDER);
    }
}
