package io.onsale.local.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Passwords and keys of the local stack, made once. One directory per program, file name = property name: the same form
 * in which Docker and Kubernetes hand secrets to a container.
 */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Each secret and the programs that are given it. */
    private static final Map<String, List<String>> SHARED = Map.ofEntries(
            Map.entry("spring.r2dbc.password", List.of("ticketing", "stores")),
            Map.entry("onsale.redis.password", List.of("ticketing", "queue", "gateway", "redis")),
            Map.entry("onsale.internal.keys", List.of("ticketing", "queue", "gateway")),
            Map.entry("onsale.queue.token-keys", List.of("queue")),
            Map.entry("onsale.reservations.payment-token-keys", List.of("ticketing")),
            Map.entry("onsale.tickets.qr-key", List.of("ticketing")),
            Map.entry("onsale.accounts.pii-key", List.of("ticketing")),
            Map.entry("onsale.accounts.pii-index-key", List.of("ticketing")),
            Map.entry("onsale.portone.api-secret", List.of("ticketing", "sandbox")),
            Map.entry("onsale.kakaopay.secret-key", List.of("ticketing", "sandbox")));

    private final Path directory;

    private Secrets(Path directory) {
        this.directory = directory;
    }

    /** Makes what is missing and leaves the rest as it is. */
    static Secrets ensure(Path directory) {
        Secrets secrets = new Secrets(directory);
        SHARED.forEach((name, programs) -> secrets.shared(name, programs, Secrets::random));
        secrets.shared("onsale.portone.webhook-secrets", List.of("ticketing", "sandbox"), () -> "whsec_" + random());
        secrets.shared(
                "spring.flyway.password", List.of("ticketing"), () -> secrets.of("ticketing", "spring.r2dbc.password"));
        secrets.shared("postgres.admin-password", List.of("stores"), Secrets::random);
        secrets.shared("access-1.pem", List.of("ticketing/keys"), Secrets::signingKey);
        secrets.shared("pass-1.pem", List.of("queue/keys"), Secrets::signingKey);
        return secrets;
    }

    Path of(String program) {
        return directory.resolve(program);
    }

    String of(String program, String name) {
        return read(of(program).resolve(name));
    }

    /** The same value for all of the programs; one that has it already passes it on. */
    private void shared(String name, List<String> programs, Supplier<String> maker) {
        String value = programs.stream()
                .map(program -> of(program).resolve(name))
                .filter(Files::exists)
                .findFirst()
                .map(Secrets::read)
                .orElseGet(maker);
        programs.forEach(program -> writeIfMissing(of(program), name, value));
    }

    private static void writeIfMissing(Path directory, String name, String value) {
        Path file = directory.resolve(name);
        try {
            if (Files.exists(file)) {
                return;
            }
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** 32 bytes, Base64: a key for HMAC-SHA256 or AES-256, and good as a password. */
    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String signingKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048, RANDOM);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
