package io.onsale.platform.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.server.ServerWebExchange;

/**
 * The credential services show each other on {@code /internal/**}: a shared key in the header {@code Internal-Key}.
 * The first configured key is sent, all are accepted, so a key is rotated by adding the new one, moving it to the
 * front everywhere, then dropping the old one.
 */
public final class ServiceCredentials {
    /** The header that carries the key. */
    public static final String HEADER = "Internal-Key";

    private static final Logger log = LoggerFactory.getLogger(ServiceCredentials.class);
    private static final int MIN_LENGTH = 32;

    private final List<String> keys;

    ServiceCredentials(List<String> keys) {
        if (keys.stream().anyMatch(key -> key.length() < MIN_LENGTH)) {
            throw new IllegalStateException("onsale.internal.keys: a key needs " + MIN_LENGTH + " characters or more");
        }
        this.keys = List.copyOf(keys);
    }

    /** The key to send with calls to other services. */
    public String current() {
        return keys.get(0);
    }

    boolean isValid(ServerWebExchange exchange) {
        String shown = exchange.getRequest().getHeaders().getFirst(HEADER);
        byte[] given = (shown == null ? "" : shown).getBytes(StandardCharsets.UTF_8);
        boolean valid = false;
        for (String key : keys) {
            // No early exit: the time must not tell which key, or how much of it, was right.
            valid |= MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), given);
        }
        if (!valid) {
            log.warn(
                    "Refused {} {} from {}: wrong service credential",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    exchange.getRequest().getRemoteAddress());
        }
        return valid;
    }
}
