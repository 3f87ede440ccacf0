package io.onsale.queue.draw;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.waiting.Keys;
import io.onsale.queue.waiting.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code close_entries.lua} and {@code place_drawn.lua}: the two steps of a draw in the store. */
final class DrawScripts {
    private static final LuaScript CLOSE = LuaScript.load(DrawScripts.class, "close_entries.lua");
    private static final LuaScript PLACE = LuaScript.load(DrawScripts.class, "place_drawn.lua");

    /** Entries read at once: a few milliseconds of the connection's loop, which serves the crowd as well. */
    private static final long PART = 5_000;

    private final Redis redis;
    private final Scripts scripts;

    DrawScripts(Redis redis, Scripts scripts) {
        this.redis = redis;
        this.scripts = scripts;
    }

    /**
     * @param epoch of the drawn places
     */
    record Closed(long epoch, long entrants) {}

    /** Closes the entry list; once closed it never changes. */
    Mono<Closed> close(Line line) {
        return scripts.run(CLOSE, line.keys(), "", Long.toString(line.newestEpoch()), "0")
                .map(answer -> new Closed(Long.parseLong((String) answer.get(0)), (Long) answer.get(1)));
    }

    /** The closed list: account by entry number, ascending. Read in parts, and put together where nobody else waits for the thread. */
    Mono<Map<Long, String>> entries(String eventId) {
        String key = Keys.drawn(eventId);
        return redis.run(command -> command.zcard(key))
                .flatMapMany(entrants -> Flux.range(0, (int) ((entrants + PART - 1) / PART)))
                .concatMap(part ->
                        redis.run(command -> command.zrangeWithScores(key, part * PART, (part + 1) * PART - 1)))
                .publishOn(Schedulers.boundedElastic())
                .concatMapIterable(drawn -> drawn)
                .collect(LinkedHashMap::new, (map, each) -> map.put((long) each.getScore(), each.getValue()));
    }

    /** The list as it was closed, whole: a store that was emptied since is an error, so that no part of it is ever announced. */
    Mono<Map<Long, String>> entries(String eventId, Closed closed) {
        return entries(eventId).doOnNext(entries -> {
            if (entries.size() != closed.entrants()) {
                throw new IllegalStateException(
                        entries.size() + " of " + closed.entrants() + " closed entries are left in the store");
            }
        });
    }

    /** Gives drawn places; who left meanwhile gets none. */
    Mono<Long> place(Line line, List<String> accountsAndScores, boolean last) {
        String[] args = new String[4 + accountsAndScores.size()];
        args[0] = "";
        args[1] = "0";
        args[2] = "0";
        args[3] = last ? "1" : "0";
        for (int i = 0; i < accountsAndScores.size(); i++) {
            args[4 + i] = accountsAndScores.get(i);
        }
        return scripts.run(PLACE, line.keys(), args).map(answer -> (Long) answer.get(0));
    }
}
