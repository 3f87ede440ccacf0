package io.onsale.queue.stream;

import io.onsale.queue.waiting.Macs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that open one account's stream of one event and nothing else, since EventSource cannot send a header and comes
 * back with the same URL: {@code base64url(end, account, mac)}.
 */
final class StreamTickets {
    private static final String PURPOSE = "stream";

    private final Macs macs;

    StreamTickets(Macs macs) {
        this.macs = macs;
    }

    String issue(String userId, String eventId, Instant end) {
        byte[] user = userId.getBytes(StandardCharsets.UTF_8);
        int statement = Long.BYTES + user.length;
        ByteBuffer bytes = ByteBuffer.allocate(statement + Macs.LENGTH)
                .putLong(end.toEpochMilli())
                .put(user);
        bytes.put(macs.sign(PURPOSE, userId, eventId, bytes.array(), statement));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Whose ticket it is; null when it is not ours, for another event, or over. */
    @Nullable
    String userOf(String ticket, String eventId, Instant now) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(ticket);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        int statement = bytes.length - Macs.LENGTH;
        if (statement <= Long.BYTES) {
            return null;
        }
        long end = ByteBuffer.wrap(bytes).getLong();
        String userId = new String(bytes, Long.BYTES, statement - Long.BYTES, StandardCharsets.UTF_8);
        boolean valid = macs.isSigned(PURPOSE, userId, eventId, bytes, statement) && end > now.toEpochMilli();
        return valid ? userId : null;
    }
}
