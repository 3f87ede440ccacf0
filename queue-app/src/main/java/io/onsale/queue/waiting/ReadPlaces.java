package io.onsale.queue.waiting;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@code read_places.lua}: what the line knows of accounts, in one round trip. */
final class ReadPlaces {
    private static final LuaScript SCRIPT = LuaScript.load(ReadPlaces.class, "read_places.lua");

    private final Scripts scripts;

    ReadPlaces(Scripts scripts) {
        this.scripts = scripts;
    }

    /**
     * @param places in the order of the accounts asked for
     */
    record Read(LineFacts facts, List<Place> places) {}

    Mono<Read> run(Line line, String... userIds) {
        String[] args = new String[3 + userIds.length];
        args[0] = "";
        args[1] = "0";
        args[2] = "0";
        System.arraycopy(userIds, 0, args, 3, userIds.length);
        return scripts.run(SCRIPT, line.keys(), args).map(answer -> read(line, answer));
    }

    private static Read read(Line line, List<Object> answer) {
        LineFacts facts = line.heard(LineFacts.parse((List<?>) answer.get(0), 0));
        List<Place> places = new ArrayList<>(answer.size() - 1);
        for (int i = 1; i < answer.size(); i++) {
            places.add(Place.parse((List<?>) answer.get(i), 0));
        }
        return new Read(facts, places);
    }
}
