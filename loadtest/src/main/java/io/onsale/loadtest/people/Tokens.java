package io.onsale.loadtest.people;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.onsale.loadtest.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.conscrypt.Conscrypt;

/** Access tokens as the system itself issues them, signed with the local stack's own key. About a millisecond of CPU each. */
public final class Tokens {

    private static final Provider NATIVE = Conscrypt.newProvider();
    private static final Duration LIFE = Duration.ofHours(6);

    private final String keyId;
    private final PrivateKey key;

    private Tokens(String keyId, PrivateKey key) {
        this.keyId = keyId;
        this.key = key;
    }

    /** Signs with the lexically last PEM file of the directory, like the app. */
    public static Tokens of(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            Path file = files.filter(path -> path.toString().endsWith(".pem"))
                    .max(java.util.Comparator.naturalOrder())
                    .orElseThrow(() -> new Complaint("There is no signing key in " + directory));
            String base64 =
                    Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            PrivateKey key = KeyFactory.getInstance("RSA", NATIVE)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            return new Tokens(file.getFileName().toString().replaceFirst("\\.pem$", ""), key);
        } catch (IOException e) {
            throw new Complaint("The signing keys in " + directory + " cannot be read. Start with ./onsale up", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String access(String userId, String role) {
        return forged(userId, role, token -> {});
    }

    /** A token that is changed before it is signed with the true key: what only a thief of the key, or a bug of ours, could make. */
    public String forged(String userId, String role, Consumer<JwtBuilder> change) {
        Instant now = Instant.now();
        JwtBuilder token = Jwts.builder()
                .provider(NATIVE)
                .header()
                .type("at+jwt")
                .keyId(keyId)
                .and()
                .issuer("onsale")
                .audience()
                .single("onsale-api")
                .subject(userId)
                .id(UUID.randomUUID().toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(LIFE)))
                .claim("role", role);
        change.accept(token);
        return token.signWith(key, Jwts.SIG.RS256).compact();
    }
}
