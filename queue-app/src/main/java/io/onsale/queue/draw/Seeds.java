package io.onsale.queue.draw;

import io.onsale.queue.waiting.WaitingSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives the seed of an event's draw from the app's secret: every instance has the same one without asking, and nothing
 * secret is ever stored. After a change of keys, the published commitment tells which key it came from.
 */
final class Seeds {
    private final List<String> keys;

    Seeds(WaitingSettings settings) {
        this.keys = settings.tokenKeys();
    }

    /** The seed to commit to now. */
    byte[] fresh(String eventId) {
        return derive(keys.get(0), eventId);
    }

    /** The seed that was committed to; empty when its key is no longer among ours. */
    Optional<byte[]> committed(String eventId, String commitment) {
        return keys.stream()
                .map(key -> derive(key, eventId))
                .filter(seed -> FairOrder.commitment(seed).equals(commitment))
                .findFirst();
    }

    private static byte[] derive(String key, String eventId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(("draw|" + eventId).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
