package io.onsale.loadtest.audit;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Invariant 5 as Redis has it: no more active shoppers than the cap. Also the rate that an operator may have set by hand. */
final class SlotChecks {

    private final String redisUri;

    SlotChecks(String redisUri) {
        this.redisUri = redisUri;
    }

    /** @param rooms the waiting room's settings by event, as the catalogue announced them last */
    Finding activeWithinCap(Map<String, JsonNode> rooms, Map<String, Long> rates) {
        RedisClient client = RedisClient.create(redisUri);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            List<String> breaches = new ArrayList<>();
            rooms.forEach((eventId, room) -> {
                String meta = "q:{" + eventId + "}:meta";
                String rate = redis.hget(meta, "rate");
                if (rate != null) {
                    rates.merge(eventId, (long) Math.ceil(Double.parseDouble(rate)), Math::max);
                }
                String limit = redis.hget(meta, "activeLimit");
                long cap = limit == null ? capOf(room, rates.getOrDefault(eventId, 0L)) : Long.parseLong(limit);
                long active = redis.zcount(
                        "q:{" + eventId + "}:active",
                        Range.create(System.currentTimeMillis(), Double.POSITIVE_INFINITY));
                if (active > cap) {
                    breaches.add(eventId + ": " + active + " active, at most " + cap);
                }
            });
            return Finding.of("5 admissions", "events with more active shoppers than the cap", rooms.size(), breaches);
        } finally {
            client.shutdown();
        }
    }

    private static long capOf(JsonNode room, long rate) {
        long asked = room.path("activeLimit").asLong(0);
        return asked > 0 ? asked : rate * room.path("passSeconds").asLong(600);
    }
}
