package io.onsale.queue.control;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.waiting.Line;
import reactor.core.publisher.Mono;

/** {@code read_control.lua}: what operators have set, as the store has it. */
final class ReadControl {
    private static final LuaScript SCRIPT = LuaScript.load(ReadControl.class, "read_control.lua");

    private final Scripts scripts;

    ReadControl(Scripts scripts) {
        this.scripts = scripts;
    }

    Mono<ControlRecord> run(Line line) {
        return scripts.run(SCRIPT, line.keys(), "", "0", "0")
                .map(answer -> ControlRecord.parse(line.eventId(), answer, 0));
    }
}
