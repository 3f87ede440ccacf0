package io.onsale.local.tests;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.util.Base64;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/** Makes RSA keys natively where that loads: the JDK's own code takes seconds for a key while it is cold. */
public final class RsaKeys {
    /** Signs natively as well; null stands for the JDK's own. */
    public static final @Nullable Provider PROVIDER = Conscrypt.isAvailable() ? Conscrypt.newProvider() : null;

    private RsaKeys() {}

    public static KeyPair make() {
        return make(2048);
    }

    public static KeyPair make(int bits) {
        try {
            KeyPairGenerator generator = PROVIDER == null
                    ? KeyPairGenerator.getInstance("RSA")
                    : KeyPairGenerator.getInstance("RSA", PROVIDER);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private half as apps read it from a file. */
    public static String pem(KeyPair pair) {
        byte[] newLine = "\n".getBytes(StandardCharsets.US_ASCII);
        String base64 = Base64.getMimeEncoder(64, newLine)
                .encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }
}
