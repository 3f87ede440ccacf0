package io.onsale.ticketing.payments.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The Standard Webhooks signature (standardwebhooks.com): HMAC-SHA256 of id, timestamp and body, five minutes valid. */
final class WebhookSignature {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final List<SecretKeySpec> keys;

    /** Several secrets may be live while they are exchanged. */
    WebhookSignature(List<String> secrets) {
        this.keys = secrets.stream().map(WebhookSignature::key).toList();
    }

    private static SecretKeySpec key(String secret) {
        String encoded = secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
        return new SecretKeySpec(Base64.getDecoder().decode(encoded), "HmacSHA256");
    }

    /** Whether one of the space-separated signatures was made with one of our secrets, and not long ago. */
    boolean isGood(String id, String timestamp, String signatures, byte[] body, Instant now) {
        return !id.isEmpty()
                && id.length() <= 255
                && isRecent(timestamp, now)
                && keys.stream().anyMatch(key -> signedWith(key, id, timestamp, signatures, body));
    }

    private static boolean isRecent(String timestamp, Instant now) {
        if (!timestamp.matches("\\d{1,12}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        return age.abs().compareTo(WINDOW) <= 0;
    }

    private static boolean signedWith(SecretKeySpec key, String id, String timestamp, String signatures, byte[] body) {
        byte[] expected = (VERSION + Base64.getEncoder().encodeToString(mac(key, id, timestamp, body)))
                .getBytes(StandardCharsets.US_ASCII);
        for (String signature : signatures.split(" ")) {
            if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] mac(SecretKeySpec key, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no HmacSHA256", e);
        }
    }
}
