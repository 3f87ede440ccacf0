package io.onsale.queue.waiting;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Issues and reads place tokens: {@code base64url(kind, score, issued, admitted, end, mac)}. Account and event are not
 * in the token but in its MAC, so that a token shown by somebody else, or for another event, is simply not valid.
 */
final class PlaceTokens {
    private static final String PURPOSE = "place";
    private static final int STATEMENT = 1 + 4 * Long.BYTES;
    private static final int LENGTH = STATEMENT + Macs.LENGTH;
    private static final long RENEWED_EVERY_MILLIS = 60_000;

    private final Macs macs;

    PlaceTokens(Macs macs) {
        this.macs = macs;
    }

    /**
     * The token of a place; the same text when asked again within a minute. Null for an account without one.
     *
     * <p>Its time is rounded down to the minute, but never to before the place was taken or the epoch began: a token
     * issued in an epoch must be known as one.
     */
    @Nullable
    String issue(String userId, String eventId, LineFacts facts, Place place) {
        long minute = facts.nowMillis() - facts.nowMillis() % RENEWED_EVERY_MILLIS;
        long issued = Math.max(Math.max(minute, place.joinedMillis()), facts.beganMillis());
        Grant grant = place.grant();
        return switch (place.kind()) {
            case WAITING -> issue(userId, eventId, new PlaceToken('W', place.score(), issued, 0, 0));
            case ENTRANT -> issue(userId, eventId, new PlaceToken('E', place.score(), issued, 0, 0));
            case GRANTED ->
                grant == null || !grant.isLiveAt(facts.nowMillis())
                        ? null
                        : issue(userId, eventId, ofGrant(grant, Math.max(issued, grant.admittedMillis())));
            case NONE -> null;
        };
    }

    String issue(String userId, String eventId, PlaceToken token) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH)
                .put((byte) token.kind())
                .putLong(token.score())
                .putLong(token.issuedMillis())
                .putLong(token.admittedMillis())
                .putLong(token.endMillis());
        bytes.put(macs.sign(PURPOSE, userId, eventId, bytes.array(), STATEMENT));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** What the token says; null when it is not ours, or not about this account and event. */
    @Nullable
    PlaceToken read(String userId, String eventId, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        if (bytes.length != LENGTH || !macs.isSigned(PURPOSE, userId, eventId, bytes, STATEMENT)) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new PlaceToken((char) in.get(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    private static PlaceToken ofGrant(Grant grant, long issued) {
        return new PlaceToken('G', grant.score(), issued, grant.admittedMillis(), grant.endMillis());
    }
}
