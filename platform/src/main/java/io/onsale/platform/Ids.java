package io.onsale.platform;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers: UUIDv7 (RFC 9562), so that new rows land at the right edge of an index. Made without a lock, since event loops
 * make them; unique, but no secret: whoever may read a thing is asked elsewhere.
 */
public final class Ids {
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** A new id, never given before. Opaque to clients. */
    public static String next() {
        return nextUuid().toString();
    }

    /** A new id, as stored. */
    public static UUID nextUuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(1 << 12);
        long low = 1L << 63 | random.nextLong() >>> 2;
        return new UUID(high, low);
    }

    /** When an id of ours was made, to the millisecond; null for any other text. */
    public static @Nullable Instant madeAt(String id) {
        if (!CANONICAL.matcher(id).matches()) {
            return null;
        }
        UUID uuid = UUID.fromString(id);
        return uuid.version() == 7 ? Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16) : null;
    }

    /** The stored form of an id a client sent; {@code NOT_FOUND} for what never was an id: nothing can have it. */
    public static UUID uuid(String id) {
        if (!CANONICAL.matcher(id).matches()) {
            throw Problem.of(CommonProblem.NOT_FOUND).asException();
        }
        return UUID.fromString(id);
    }
}
