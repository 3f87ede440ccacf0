package io.onsale.ticketing.accounts.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Keeps a few words in the browser that it can neither read nor change, for a while. So no instance needs a session. */
@Component
public final class SealedCookie {
    private final AesGcm cipher;
    private final Clock clock;

    SealedCookie(PersonalData keys, Clock clock) {
        this.cipher = new AesGcm(keys.index("key", "sealed-cookie"));
        this.clock = clock;
    }

    /** Seals the words for one purpose. */
    public String seal(String purpose, String words, Duration life) {
        String dated = clock.instant().plus(life).getEpochSecond() + "\n" + words;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(cipher.seal(dated.getBytes(UTF_8), purpose.getBytes(UTF_8)));
    }

    /** The words; empty when the cookie is not ours, not for this purpose or too old. */
    public Optional<String> open(String purpose, String cookie) {
        try {
            byte[] plain = cipher.open(Base64.getUrlDecoder().decode(cookie), purpose.getBytes(UTF_8));
            String[] dated = new String(plain, UTF_8).split("\n", 2);
            Instant end = Instant.ofEpochSecond(Long.parseLong(dated[0]));
            return clock.instant().isBefore(end) ? Optional.of(dated[1]) : Optional.empty();
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    /** Random words for states, nonces, verifiers and one-time codes: 256 bits. */
    public static String randomWord() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Randomness.bytes(32));
    }

    /** SHA-256 of a word in base64url: the PKCE challenge, or what a one-time code is stored by. */
    public static String digest(String word) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(word.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
