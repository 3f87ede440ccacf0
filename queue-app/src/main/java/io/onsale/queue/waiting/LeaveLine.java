package io.onsale.queue.waiting;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import reactor.core.publisher.Mono;

/** {@code leave_line.lua}: takes an account out of everything at once. */
final class LeaveLine {
    private static final LuaScript SCRIPT = LuaScript.load(LeaveLine.class, "leave_line.lua");

    private final Scripts scripts;

    LeaveLine(Scripts scripts) {
        this.scripts = scripts;
    }

    /**
     * @param had whether there was a place or a live pass to give up, now or when the same was asked before
     * @param atMillis when, by the store's clock
     */
    record Left(boolean had, long atMillis) {}

    Mono<Left> run(Line line, String userId, String requestId) {
        return scripts.run(SCRIPT, line.keys(), "", "0", "0", userId, requestId)
                .map(answer -> new Left((Long) answer.get(0) > 0, Long.parseLong((String) answer.get(2))));
    }
}
