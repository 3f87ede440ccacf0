package io.onsale.queue.admission;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.waiting.Line;
import reactor.core.publisher.Mono;

/** {@code move_slot.lua}: moves or frees the slot of one pass. */
final class MoveSlot {
    private static final LuaScript SCRIPT = LuaScript.load(MoveSlot.class, "move_slot.lua");

    private final Scripts scripts;

    MoveSlot(Scripts scripts) {
        this.scripts = scripts;
    }

    /**
     * @param place epoch:number of the pass
     * @param endMillis the slot's new end; 0 frees it
     * @param bought whether the pass is used up
     */
    Mono<Void> run(Line line, String userId, String place, long endMillis, boolean bought) {
        return scripts.run(
                        SCRIPT, line.keys(), "", "0", "0", userId, place, Long.toString(endMillis), bought ? "1" : "0")
                .then();
    }
}
