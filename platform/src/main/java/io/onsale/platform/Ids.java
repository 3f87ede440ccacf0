package io.onsale.platform;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;

/** Identifiers: UUIDv7 (RFC 9562), so that new rows land at the right edge of an index. */
public final class Ids {
    private static final TimeBasedEpochRandomGenerator UUID_V7 = Generators.timeBasedEpochRandomGenerator();

    private Ids() {}

    /** A new id, never given before. Opaque to clients. */
    public static String next() {
        return UUID_V7.generate().toString();
    }
}
