package io.onsale.platform.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The RSA keys this app signs with, read from a directory of PEM files. A key under 2,048 bits is refused. */
public final class KeyRing {
    private static final int MIN_BITS = 2048;

    private final Path directory;
    private volatile SortedMap<String, RSAPrivateCrtKey> keys;
    private volatile Map<String, RSAPublicKey> publicKeys;

    KeyRing(Path directory) {
        this.directory = directory;
        this.keys = read(directory);
        this.publicKeys = publicHalves(keys);
    }

    /** A signing key and its id. */
    record SigningKey(String id, RSAPrivateCrtKey key) {}

    SigningKey active() {
        SortedMap<String, RSAPrivateCrtKey> current = keys;
        return new SigningKey(current.lastKey(), Objects.requireNonNull(current.get(current.lastKey())));
    }

    /** The public halves of all keys, by key id: what this app's JWKS publishes. */
    public Map<String, RSAPublicKey> publicKeys() {
        return publicKeys;
    }

    @Nullable
    RSAPublicKey publicKey(String keyId) {
        return publicKeys.get(keyId);
    }

    /** Reads the directory again; blocking. When it is unreadable the old keys stay. */
    void reload() {
        keys = read(directory);
        publicKeys = publicHalves(keys);
    }

    private static Map<String, RSAPublicKey> publicHalves(SortedMap<String, RSAPrivateCrtKey> keys) {
        Map<String, RSAPublicKey> halves = new TreeMap<>();
        keys.forEach((id, key) -> halves.put(id, publicHalf(key)));
        return Collections.unmodifiableMap(halves);
    }

    private static SortedMap<String, RSAPrivateCrtKey> read(Path directory) {
        SortedMap<String, RSAPrivateCrtKey> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".pem")).forEach(file -> found.put(idOf(file), parse(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("Signing keys in " + directory + " cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("No signing key (*.pem) in " + directory);
        }
        return Collections.unmodifiableSortedMap(found);
    }

    private static String idOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".pem".length());
    }

    private static RSAPrivateCrtKey parse(Path file) {
        try {
            String base64 =
                    Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            var key = Rsa.privateKey(spec);
            if (key.getModulus().bitLength() < MIN_BITS) {
                throw new IllegalStateException("Signing key " + file + " is weaker than " + MIN_BITS + " bits");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("Signing key " + file + " is not an RSA key in PKCS#8 PEM", e);
        }
    }

    private static RSAPublicKey publicHalf(RSAPrivateCrtKey key) {
        return Rsa.publicKey(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    }
}
