package io.onsale.ticketing.reservations.redis;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Seats taken in Redis for a while: all of a request's or none, under one fence that is newer than any before. */
@Component
public class SeatLocks {
    /**
     * How long seats are taken while the database has not decided: whoever dies or is not heard in between keeps others from them
     * no longer. What was decided is extended to its real end.
     */
    public static final Duration UNDECIDED = Duration.ofSeconds(15);

    private static final Duration RELEASED_MARK = Duration.ofMinutes(10);
    private static final LuaScript ACQUIRE = LuaScript.load(SeatLocks.class, "acquire_seats.lua");
    private static final LuaScript RELEASE = LuaScript.load(SeatLocks.class, "release_seats.lua");
    private static final LuaScript EXTEND = LuaScript.load(SeatLocks.class, "extend_seats.lua");

    private final Scripts scripts;

    SeatLocks(Scripts scripts) {
        this.scripts = scripts;
    }

    /** What came of trying to take seats. */
    public sealed interface Acquired {

        /** All of them are held, under this fence. */
        record Held(long fence) implements Acquired {}

        /** None is: others hold these. */
        record Taken(List<String> seatIds) implements Acquired {}

        /** None is: this request was taken back before. */
        record Released() implements Acquired {}
    }

    /** Seats of one performance. */
    public record Seats(String eventId, String performanceId, List<String> seatIds) {
        public Seats {
            seatIds = List.copyOf(seatIds);
        }
    }

    /**
     * Takes all seats or none. The same request may ask again: nothing changes.
     *
     * @param length until they are free again by themselves
     * @param floor the fence will be greater than this
     */
    public Mono<Acquired> acquire(String requestId, Seats seats, Duration length, long floor) {
        HoldKeys keys = new HoldKeys(seats.eventId());
        List<String> scriptKeys = new ArrayList<>(List.of(keys.fence(), keys.released(requestId)));
        seats.seatIds().forEach(seat -> scriptKeys.add(keys.seat(seats.performanceId(), seat)));
        return scripts.run(
                        ACQUIRE, scriptKeys, List.of(requestId, Long.toString(length.toMillis()), Long.toString(floor)))
                .map(answer -> acquired(answer, seats.seatIds()));
    }

    private static Acquired acquired(List<Object> answer, List<String> seatIds) {
        return switch ((String) answer.get(0)) {
            case "HELD" -> new Acquired.Held(Long.parseLong((String) answer.get(1)));
            case "TAKEN" ->
                new Acquired.Taken(answer.stream()
                        .skip(1)
                        .map(index -> seatIds.get(((Long) index).intValue() - 1))
                        .toList());
            case "RELEASED" -> new Acquired.Released();
            default -> throw new IllegalStateException("acquire_seats answered " + answer);
        };
    }

    /** Takes back whatever this request holds of the seats, and refuses it if it comes again. */
    public Mono<Void> takeBack(String requestId, Seats seats) {
        HoldKeys keys = new HoldKeys(seats.eventId());
        List<String> scriptKeys = new ArrayList<>(List.of(keys.released(requestId)));
        List<String> args = new ArrayList<>(List.of(requestId, Long.toString(RELEASED_MARK.toMillis())));
        for (String seat : seats.seatIds()) {
            scriptKeys.add(keys.seat(seats.performanceId(), seat));
            args.add("");
        }
        return scripts.run(RELEASE, scriptKeys, args).then();
    }

    /** Gives back seats that are still held under these fences. */
    public Mono<Void> release(String eventId, String performanceId, Map<String, Long> fenceBySeat) {
        HoldKeys keys = new HoldKeys(eventId);
        List<String> scriptKeys = new ArrayList<>(List.of(keys.released("")));
        List<String> args = new ArrayList<>(List.of("", "0"));
        fenceBySeat.forEach((seat, fence) -> {
            scriptKeys.add(keys.seat(performanceId, seat));
            args.add(Long.toString(fence));
        });
        return fenceBySeat.isEmpty()
                ? Mono.empty()
                : scripts.run(RELEASE, scriptKeys, args).then();
    }

    /** Moves the end of seats that are still held under these fences. */
    public Mono<Void> extend(String eventId, String performanceId, Map<String, Long> fenceBySeat, Duration fromNow) {
        HoldKeys keys = new HoldKeys(eventId);
        List<String> scriptKeys = new ArrayList<>();
        List<String> args = new ArrayList<>(List.of(Long.toString(fromNow.toMillis())));
        fenceBySeat.forEach((seat, fence) -> {
            scriptKeys.add(keys.seat(performanceId, seat));
            args.add(Long.toString(fence));
        });
        return fenceBySeat.isEmpty()
                ? Mono.empty()
                : scripts.run(EXTEND, scriptKeys, args).then();
    }
}
