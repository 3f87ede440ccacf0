package io.onsale.queue.control;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.WaitingSettings;
import reactor.core.publisher.Mono;

/** {@code clear_line.lua}: sends everybody who waits away. */
final class ClearLine {
    private static final LuaScript SCRIPT = LuaScript.load(ClearLine.class, "clear_line.lua");

    private final Scripts scripts;
    private final WaitingSettings settings;

    ClearLine(Scripts scripts, WaitingSettings settings) {
        this.scripts = scripts;
        this.settings = settings;
    }

    /**
     * @param people sent away
     * @param now all that is set, with the moment before which place tokens are void
     */
    record Cleared(long people, ControlRecord now) {}

    /**
     * Empty, and nothing is done, when the line forgot earlier acts.
     *
     * @param known version of the newest act that is known here
     */
    Mono<Cleared> run(Line line, long known) {
        return scripts.run(
                        SCRIPT,
                        line.keys(),
                        "",
                        Long.toString(line.newestEpoch()),
                        settings.recoveryPauseMillis(),
                        Long.toString(known))
                .filter(answer -> !answer.isEmpty())
                .map(answer -> new Cleared((Long) answer.get(0), ControlRecord.parse(line.eventId(), answer, 1)));
    }
}
