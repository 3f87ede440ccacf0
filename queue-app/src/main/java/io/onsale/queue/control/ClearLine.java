package io.onsale.queue.control;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.waiting.Line;
import reactor.core.publisher.Mono;

/** {@code clear_line.lua}: sends everybody who waits away. */
final class ClearLine {
    private static final LuaScript SCRIPT = LuaScript.load(ClearLine.class, "clear_line.lua");

    private final Scripts scripts;

    ClearLine(Scripts scripts) {
        this.scripts = scripts;
    }

    /** How many were sent away. */
    Mono<Long> run(Line line) {
        return scripts.run(SCRIPT, line.keys(), "", "0", "0").map(answer -> (Long) answer.get(0));
    }
}
