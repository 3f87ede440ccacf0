package io.onsale.queue.control;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.WaitingSettings;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@code restore_control.lua}: what operators had set, for a store that does not know it any more. */
final class RestoreControl {
    private static final LuaScript SCRIPT = LuaScript.load(RestoreControl.class, "restore_control.lua");

    private final Scripts scripts;
    private final WaitingSettings settings;

    RestoreControl(Scripts scripts, WaitingSettings settings) {
        this.scripts = scripts;
        this.settings = settings;
    }

    /** Whether the store knew less. */
    Mono<Boolean> run(Line line, ControlRecord known) {
        List<String> args = new ArrayList<>();
        args.add("");
        args.add(Long.toString(line.newestEpoch()));
        args.add(settings.recoveryPauseMillis());
        args.add(Long.toString(known.version()));
        known.settings().forEach((name, value) -> {
            args.add(name);
            args.add(value);
        });
        return scripts.run(SCRIPT, line.keys(), args.toArray(String[]::new)).map(answer -> (Long) answer.get(0) == 1);
    }
}
