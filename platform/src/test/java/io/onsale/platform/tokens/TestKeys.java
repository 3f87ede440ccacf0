package io.onsale.platform.tokens;

import io.onsale.local.tests.RsaKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;

/** Makes signing keys for tests. */
final class TestKeys {

    private TestKeys() {}

    static KeyPair write(Path directory, String id, int bits) {
        KeyPair pair = RsaKeys.make(bits);
        try {
            Files.writeString(directory.resolve(id + ".pem"), RsaKeys.pem(pair));
            return pair;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
