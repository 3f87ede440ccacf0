package io.onsale.queue.waiting;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import reactor.core.publisher.Mono;

/** {@code sweep_silent.lua}: takes out people who have been silent too long, a bounded batch at a time. */
final class SweepSilent {
    private static final LuaScript SCRIPT = LuaScript.load(SweepSilent.class, "sweep_silent.lua");
    private static final int BATCH = 500;

    private final Scripts scripts;
    private final WaitingSettings settings;

    SweepSilent(Scripts scripts, WaitingSettings settings) {
        this.scripts = scripts;
        this.settings = settings;
    }

    /** Takes out all who are due, batch by batch; how many they were. */
    Mono<Long> run(Line line) {
        return batch(line)
                .expand(count -> count < BATCH ? Mono.empty() : batch(line))
                .reduce(0L, Long::sum);
    }

    private Mono<Long> batch(Line line) {
        return scripts.run(
                        SCRIPT,
                        line.keys(),
                        "",
                        "0",
                        "0",
                        Long.toString(settings.silenceMillis()),
                        Integer.toString(BATCH),
                        Long.toString(settings.memory().toMillis()))
                .map(answer -> (Long) answer.get(0));
    }
}
