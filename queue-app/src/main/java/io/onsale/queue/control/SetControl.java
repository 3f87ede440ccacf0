package io.onsale.queue.control;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.WaitingSettings;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** {@code set_control.lua}: sets what operators decide about a line. */
final class SetControl {
    private static final LuaScript SCRIPT = LuaScript.load(SetControl.class, "set_control.lua");

    private final Scripts scripts;
    private final WaitingSettings settings;

    SetControl(Scripts scripts, WaitingSettings settings) {
        this.scripts = scripts;
        this.settings = settings;
    }

    /** What was set before, of what was changed; and all that is set now. */
    record Changed(Map<String, String> before, ControlRecord now) {}

    /**
     * Sets all of them at once. An empty value takes a setting back. Empty, and nothing is done, when the line forgot earlier acts.
     *
     * @param known version of the newest act that is known here
     */
    Mono<Changed> run(Line line, long known, Map<String, String> values) {
        String[] args = new String[4 + 2 * values.size()];
        args[0] = "";
        args[1] = Long.toString(line.newestEpoch());
        args[2] = settings.recoveryPauseMillis();
        args[3] = Long.toString(known);
        int at = 4;
        for (Map.Entry<String, String> value : values.entrySet()) {
            args[at++] = value.getKey();
            args[at++] = value.getValue();
        }
        return scripts.run(SCRIPT, line.keys(), args)
                .filter(answer -> !answer.isEmpty())
                .map(answer -> new Changed(
                        ControlRecord.pairs((List<?>) answer.get(0)), ControlRecord.parse(line.eventId(), answer, 1)));
    }
}
