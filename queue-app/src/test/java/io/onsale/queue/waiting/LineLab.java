package io.onsale.queue.waiting;

import io.onsale.local.stores.RedisTarget;
import io.onsale.local.stores.TestStores;
import io.onsale.platform.Ids;
import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.RedisProperties;
import io.onsale.platform.redis.Scripts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line on a real Redis, with a clock in the test's hand: what the scripts do, without the app around them. */
public final class LineLab {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final RedisTarget STORE = TestStores.redisTarget();
    public static final Redis REDIS = new Redis(new RedisProperties(
            STORE.uris().stream().map(URI::create).toList(), STORE.isCluster(), null, SOON, SOON, 20_000));
    private static final Scripts SCRIPTS = new Scripts(REDIS);

    public final String eventId = Ids.next();
    public final String[] keys = Keys.ofLine(eventId);
    public long now = 1_800_000_000_000L;
    public double rate = 10;
    public double burst = 10;
    public int cap = 1_000_000;
    public int capacity = 50_000;
    public long passMillis = 600_000;
    public long silenceMillis = 330_000;
    public long pauseMillis = 30_000;
    public long preOpens = 0;
    public long opens = 0;
    public long closes = 4_000_000_000_000L;
    public String mode = "FIFO";
    public boolean blocked;
    public boolean unknowing;
    public double share = 1;
    public long slotGrace;
    public long newestEpoch;
    public long knownControl;
    private String cursor = "0";
    private int requests;

    /** What join answered. */
    public record Joined(JoinLine.Verdict verdict, Place place, LineFacts facts) {}

    /** What a tick answered, with the admissions it read. */
    public record Ticked(
            LineFacts facts, long active, long left, long expired, List<String> admitted, List<String> places) {}

    public Joined join(String user) {
        return join(user, null);
    }

    public Joined join(String user, @Nullable PlaceToken token) {
        return join(user, token, false);
    }

    public Joined join(String user, @Nullable PlaceToken token, boolean onlyProven) {
        List<Object> answer = run(
                "join_line.lua",
                user,
                capacity,
                preOpens,
                opens,
                closes,
                mode,
                silenceMillis,
                token == null ? "" : token.kind(),
                token == null ? "" : token.epoch(),
                token == null ? "" : token.number(),
                token == null ? "" : token.issuedMillis(),
                token == null ? "" : token.admittedMillis(),
                token == null ? "" : token.endMillis(),
                onlyProven ? 1 : 0,
                knownControl);
        return new Joined(
                JoinLine.Verdict.valueOf((String) answer.get(0)),
                Place.parse(answer, 1),
                heard(LineFacts.parse(answer, 6)));
    }

    public Ticked tick() {
        List<Object> answer = run(
                "admit_waiting.lua",
                rate,
                burst,
                cap,
                passMillis,
                opens,
                closes,
                mode,
                silenceMillis,
                slotGrace,
                unknowing ? 2 : blocked ? 1 : 0,
                share,
                10_000,
                cursor,
                10_000,
                capacity,
                knownControl);
        List<String> admitted = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (Object each : (List<?>) answer.get(7)) {
            List<?> entry = (List<?>) each;
            cursor = (String) entry.get(0);
            admitted.add((String) entry.get(1));
            places.add((String) entry.get(2));
        }
        return new Ticked(
                heard(LineFacts.parse((List<?>) answer.get(0), 0)),
                (Long) answer.get(1),
                Long.parseLong((String) answer.get(2)),
                Long.parseLong((String) answer.get(3)),
                admitted,
                places);
    }

    /** Lets time pass, ticking often enough for the meter. */
    public List<String> tickFor(long millis, long every) {
        List<String> admitted = new ArrayList<>();
        for (long passed = 0; passed < millis; passed += every) {
            now += every;
            admitted.addAll(tick().admitted());
        }
        return admitted;
    }

    public Place place(String user) {
        return Place.parse((List<?>) run("read_places.lua", user).get(1), 0);
    }

    /** The token a status call would give now. */
    public PlaceToken token(String user) {
        Place place = place(user);
        Grant grant = place.grant();
        if (grant != null) {
            return new PlaceToken('G', grant.score(), now, grant.admittedMillis(), grant.endMillis());
        }
        return new PlaceToken(place.kind() == Place.Kind.ENTRANT ? 'E' : 'W', place.score(), now, 0, 0);
    }

    public boolean leave(String user) {
        return leave(user, "request-" + requests++);
    }

    public boolean leave(String user, String requestId) {
        return (Long) run("leave_line.lua", user, requestId).get(0) == 1;
    }

    public long renew(String... users) {
        return (Long) run("renew_seen.lua", (Object[]) users).get(0);
    }

    public long sweep() {
        return (Long) run("sweep_silent.lua", silenceMillis, 500, 3_600_000).get(0);
    }

    public boolean moveSlot(String user, String place, long end, boolean bought) {
        return (Long) run("move_slot.lua", user, place, end, bought ? 1 : 0).get(0) == 1;
    }

    public List<Object> control(String... pairs) {
        List<Object> args = new ArrayList<>(List.of(knownControl));
        args.addAll(List.of(pairs));
        return run("set_control.lua", args.toArray());
    }

    /** What another instance does to an event's line, by the store's own clock. */
    public static void actElsewhere(String eventId, String script, String... args) {
        List<String> all = new ArrayList<>(List.of("", "0", "30000"));
        all.addAll(List.of(args));
        SCRIPTS.run(LuaScript.load(LineLab.class, script), Keys.ofLine(eventId), all.toArray(String[]::new))
                .block(SOON);
    }

    /** What an event's line knows of itself. */
    public static String metaOf(String eventId) {
        return Keys.ofLine(eventId)[0];
    }

    /** Somebody who waits is let in for ten minutes, and nobody is told: only who asks for their place hears of it. */
    public static void grantUnheard(String eventId, String user) {
        String[] keys = Keys.ofLine(eventId);
        long score =
                REDIS.run(command -> command.zscore(keys[1], user)).block(SOON).longValue();
        long now = System.currentTimeMillis();
        String grant = String.format(
                "%d:%d:%d:%d:L", score / Place.PLACES_PER_EPOCH, score % Place.PLACES_PER_EPOCH, now, now + 600_000);
        REDIS.run(command -> command.hset(keys[4], user, grant)).block(SOON);
        REDIS.run(command -> command.zrem(keys[1], user)).block(SOON);
    }

    /** The store forgets everything about this line. */
    public void wipe() {
        REDIS.run(command -> command.del(keys)).block(SOON);
    }

    /** The store came back as another run, with what it had on disk. */
    public void restart() {
        REDIS.run(command -> command.hset(keys[0], "run", "another run")).block(SOON);
    }

    /** What an append-only file would hold now. */
    public void remember() {
        for (String key : keys) {
            REDIS.run(command -> command.del(key + ":disk")).block(SOON);
            REDIS.run(command -> command.copy(key, key + ":disk")).block(SOON);
        }
    }

    /** The store was killed and came back with what was remembered. */
    public void crash() {
        wipe();
        for (String key : keys) {
            REDIS.run(command -> command.copy(key + ":disk", key)).block(SOON);
        }
        if (REDIS.run(command -> command.exists(keys[0])).block(SOON) == 1) {
            restart();
        }
    }

    public List<String> inOrder() {
        return REDIS.run(command -> command.zrange(keys[1], 0, -1)).block(SOON);
    }

    public List<Object> run(String script, Object... args) {
        String[] all = new String[3 + args.length];
        all[0] = Long.toString(now);
        all[1] = Long.toString(newestEpoch);
        all[2] = Long.toString(pauseMillis);
        for (int i = 0; i < args.length; i++) {
            all[3 + i] = String.valueOf(args[i]);
        }
        return SCRIPTS.run(LuaScript.load(LineLab.class, script), keys, all).block(SOON);
    }

    private LineFacts heard(LineFacts facts) {
        newestEpoch = Math.max(newestEpoch, facts.epoch());
        return facts;
    }
}
