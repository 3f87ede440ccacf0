package io.onsale.local.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a link does to whatever passes.
 *
 * @param delayMillis each chunk of bytes takes this much longer, in each direction
 * @param jitterMillis and up to this much more, by lot; order is kept
 * @param cutsPerThousand requests at which the connection is reset instead
 * @param silent connections stay open and nothing gets through; those that lived then never speak again
 */
record Weather(long delayMillis, long jitterMillis, int cutsPerThousand, boolean silent) {

    static final Weather FINE = new Weather(0, 0, 0, false);

    static Weather of(JsonNode json) {
        return new Weather(
                json.path("delayMillis").asLong(0),
                json.path("jitterMillis").asLong(0),
                json.path("cutsPerThousand").asInt(0),
                json.path("silent").asBoolean(false));
    }

    long delayNanos() {
        long jitter = jitterMillis == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitterMillis + 1);
        return (delayMillis + jitter) * 1_000_000;
    }

    boolean cutsNow() {
        return cutsPerThousand > 0 && ThreadLocalRandom.current().nextInt(1_000) < cutsPerThousand;
    }
}
