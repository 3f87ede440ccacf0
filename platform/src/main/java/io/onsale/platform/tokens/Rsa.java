package io.onsale.platform.tokens;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/**
 * RSA by a native library where it loads, else by the JDK, with the same result. The JDK's own is fast only after it was compiled
 * to the end: a process that has just started would spend most of its first minute on signatures.
 */
final class Rsa {
    /** Null stands for the JDK's own. */
    static final @Nullable Provider PROVIDER = Conscrypt.isAvailable() ? Conscrypt.newProvider() : null;

    private Rsa() {}

    static RSAPrivateCrtKey privateKey(KeySpec spec) throws GeneralSecurityException {
        return (RSAPrivateCrtKey) keys().generatePrivate(spec);
    }

    /** The same key as the provider keeps it: one of another provider would be translated at every use. */
    static RSAPublicKey publicKey(RSAPublicKeySpec spec) {
        try {
            return (RSAPublicKey) keys().generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyFactory keys() throws GeneralSecurityException {
        return PROVIDER == null ? KeyFactory.getInstance("RSA") : KeyFactory.getInstance("RSA", PROVIDER);
    }
}
