package io.onsale.platform;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import java.util.UUID;
import java.util.regex.Pattern;

/** Identifiers: UUIDv7 (RFC 9562), so that new rows land at the right edge of an index. */
public final class Ids {
    private static final TimeBasedEpochRandomGenerator UUID_V7 = Generators.timeBasedEpochRandomGenerator();

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** A new id, never given before. Opaque to clients. */
    public static String next() {
        return UUID_V7.generate().toString();
    }

    /** A new id, as stored. */
    public static UUID nextUuid() {
        return UUID_V7.generate();
    }

    /** The stored form of an id a client sent; {@code NOT_FOUND} for what never was an id: nothing can have it. */
    public static UUID uuid(String id) {
        if (!CANONICAL.matcher(id).matches()) {
            throw Problem.of(CommonProblem.NOT_FOUND).asException();
        }
        return UUID.fromString(id);
    }
}
