package io.onsale.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    static Path directory;

    private static Secrets secrets;

    /** Once for all tests: signing keys take seconds while the code that makes them is cold. */
    @BeforeAll
    static void make() {
        secrets = Secrets.ensure(directory);
    }

    @Test
    void onlyTheirOwnerReadsThem() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.skip(1).toList()) {
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertThat(permissions).as("%s", path).isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void aProgramIsGivenNoMoreThanItNeeds() {
        assertThat(names("queue")).doesNotContain("spring.r2dbc.password", "onsale.portone.api-secret");
        assertThat(names("gateway")).doesNotContain("spring.r2dbc.password", "onsale.accounts.pii-key", "keys");
        assertThat(names("sandbox"))
                .noneMatch(name -> name.startsWith("spring.") || name.startsWith("onsale.accounts"));
    }

    @Test
    void programsThatShareASecretHaveTheSame() {
        assertThat(secrets.of("queue", "onsale.internal.keys"))
                .isEqualTo(secrets.of("ticketing", "onsale.internal.keys"));
        assertThat(secrets.of("sandbox", "onsale.portone.webhook-secrets"))
                .startsWith("whsec_")
                .isEqualTo(secrets.of("ticketing", "onsale.portone.webhook-secrets"));
        assertThat(secrets.of("ticketing", "spring.flyway.password"))
                .isEqualTo(secrets.of("ticketing", "spring.r2dbc.password"))
                .isNotEqualTo(secrets.of("ticketing", "onsale.redis.password"));
    }

    @Test
    void theyAreMadeOnce() throws Exception {
        String before = secrets.of("ticketing", "onsale.accounts.pii-key");
        Files.delete(secrets.of("queue").resolve("onsale.redis.password"));

        Secrets again = Secrets.ensure(directory);

        assertThat(again.of("ticketing", "onsale.accounts.pii-key")).isEqualTo(before);
        assertThat(again.of("queue", "onsale.redis.password"))
                .isEqualTo(again.of("ticketing", "onsale.redis.password"));
    }

    @Test
    void signingKeysAreRsaOfTwoThousandBitsAndOnePerIssuer() throws Exception {
        String pem = secrets.of("ticketing", "keys/access-1.pem");
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
        RSAPrivateCrtKey key =
                (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        assertThat(key.getModulus().bitLength()).isEqualTo(2048);
        assertThat(secrets.of("queue", "keys/pass-1.pem")).isNotEqualTo(pem);
    }

    private static List<String> names(String program) {
        try (Stream<Path> files = Files.list(secrets.of(program))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
