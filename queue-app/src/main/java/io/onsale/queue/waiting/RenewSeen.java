package io.onsale.queue.waiting;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@code renew_seen.lua}: notes that people who wait are still there. */
final class RenewSeen {
    private static final LuaScript SCRIPT = LuaScript.load(RenewSeen.class, "renew_seen.lua");

    private final Scripts scripts;

    RenewSeen(Scripts scripts) {
        this.scripts = scripts;
    }

    /** How many of these accounts are waiting. */
    Mono<Long> run(Line line, List<String> userIds) {
        String[] args = new String[3 + userIds.size()];
        args[0] = "";
        args[1] = "0";
        args[2] = "0";
        for (int i = 0; i < userIds.size(); i++) {
            args[3 + i] = userIds.get(i);
        }
        return scripts.run(SCRIPT, line.keys(), args).map(answer -> (Long) answer.get(0));
    }
}
