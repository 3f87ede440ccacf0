package io.onsale.platform.idempotency;

import io.onsale.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request that may come again.
 *
 * @param route names the operation, e.g. {@code POST /reservations/hold}
 * @param fingerprint of what was asked: the same key with another one is refused
 */
record IdempotentRequest(String userId, String route, String key, byte[] fingerprint) {
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** @param header quoted (a structured-field string) or bare */
    static IdempotentRequest of(String userId, String route, @Nullable String header, byte[] body) {
        if (header == null || header.isBlank()) {
            throw Problem.of(IdempotencyProblem.IDEMPOTENCY_KEY_MISSING).asException();
        }
        String key = header.strip();
        if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (!VISIBLE.matcher(key).matches() || key.indexOf('"') >= 0) {
            throw Problem.of(IdempotencyProblem.IDEMPOTENCY_KEY_INVALID).asException();
        }
        return new IdempotentRequest(userId, route, key, sha256(body));
    }

    /** The same for every repetition, different for everything else: what the work may name its effects by. */
    String requestId() {
        byte[] name = (userId + "\n" + route + "\n" + key).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256(name), 0, 16);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
