package io.onsale.queue.waiting;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.Scripts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** "One line at a time": an account's claim, kept on a slot of its own ({@code take_claim.lua}, {@code drop_claim.lua}). */
final class Claims {
    private static final LuaScript TAKE = LuaScript.load(Claims.class, "take_claim.lua");
    private static final LuaScript DROP = LuaScript.load(Claims.class, "drop_claim.lua");

    private final Redis redis;
    private final Scripts scripts;
    private final long lifeMillis;

    Claims(Redis redis, Scripts scripts, WaitingSettings settings) {
        this.redis = redis;
        this.scripts = scripts;
        this.lifeMillis = settings.silenceMillis();
    }

    /** A claim that stands in the way. */
    record Obstacle(String claim) {

        String eventId() {
            return claim.substring(0, claim.lastIndexOf('|'));
        }
    }

    /** Claims the account for this line, in place of {@code over} if that is still what stands; empty when it is ours. */
    Mono<Obstacle> take(String userId, String eventId, String requestId, @Nullable Obstacle over) {
        return scripts.run(
                        TAKE,
                        new String[] {Keys.claim(userId)},
                        eventId,
                        requestId,
                        Long.toString(lifeMillis),
                        over == null ? "" : over.claim())
                .map(answer -> (String) answer.get(0))
                .filter(claim -> !claim.isEmpty())
                .map(Obstacle::new);
    }

    /** Gives back what this request took, or with an empty request id whatever claim this line has. */
    Mono<Void> drop(String userId, String eventId, String requestId) {
        return scripts.run(DROP, new String[] {Keys.claim(userId)}, eventId, requestId)
                .then();
    }

    /** Keeps claims alive; those that are gone stay gone. */
    Mono<Void> renew(List<String> userIds) {
        return Flux.fromIterable(userIds)
                .flatMap(userId -> redis.run(command -> command.pexpire(Keys.claim(userId), lifeMillis)), 64)
                .then();
    }
}
