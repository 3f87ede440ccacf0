package io.onsale.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One line, what happens to it, and what must be true whatever happens. */
public final class LineHistory {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int CAP = 8;

    private final LineLab line = new LineLab();
    private final Map<String, PlaceToken> tokens = new HashMap<>();
    private final List<Long> admittedAt = new ArrayList<>();
    private final Map<String, String> holderOfPlace = new HashMap<>();
    private final Set<String> grantedInThisEpoch = new HashSet<>();
    private int steps;

    /** What can happen. */
    public enum Act {
        JOIN,
        TICK,
        HEARTBEAT,
        LEAVE,
        SWEEP,
        LONG_SILENCE,
        HOLD,
        BUY,
        RETURN_WITH_TOKEN,
        SYNC_DISK,
        CRASH,
        WIPE
    }

    public LineHistory() {
        line.cap = CAP;
        line.rate = 4;
        line.burst = 4;
        line.capacity = 9;
        line.passMillis = 20_000;
        line.silenceMillis = 30_000;
        line.pauseMillis = 3_000;
    }

    /** Lets one thing happen. */
    public void happens(Act act, int person) {
        steps++;
        String user = "person-" + person;
        line.now += 40 + 10L * person;
        switch (act) {
            case JOIN -> noteToken(user, line.join(user));
            case RETURN_WITH_TOKEN -> returnWithToken(user);
            case TICK -> tick();
            case HEARTBEAT -> line.renew(user);
            case LEAVE -> {
                line.leave(user);
                tokens.remove(user);
            }
            case SWEEP -> line.sweep();
            case LONG_SILENCE -> line.now += 11_000;
            case HOLD -> withSlot(user, slot -> line.moveSlot(user, slot, line.now + 15_000, false));
            case BUY -> withSlot(user, slot -> line.moveSlot(user, slot, 0, true));
            case SYNC_DISK -> line.remember();
            case CRASH -> lose(line::crash);
            case WIPE -> lose(line::wipe);
        }
    }

    /** Everything that is kept about people says the same. */
    public void checkStructures() {
        Set<String> waiting = new HashSet<>(line.inOrder());
        assertThat(members(2)).as("seen").isEqualTo(waiting);
        assertThat(new HashSet<>(LineLab.REDIS
                        .run(command -> command.hkeys(line.keys[3]))
                        .block(SOON)))
                .as("joined")
                .isEqualTo(waiting);
        Map<String, String> grants =
                LineLab.REDIS.run(command -> command.hgetall(line.keys[4])).block(SOON);
        grants.forEach((user, grant) -> assertThat(
                        waiting.contains(user) && Grant.parse(grant).isLiveAt(line.now))
                .as("%s waits with a live pass", user)
                .isFalse());
        assertThat(waiting.size()).as("people in line").isLessThanOrEqualTo(12);
    }

    /** In no window more than rate x window + burst, by the line's own clock. */
    public void checkAdmissions() {
        for (int from = 0; from < admittedAt.size(); from++) {
            for (int to = from; to < admittedAt.size(); to++) {
                double window = (admittedAt.get(to) - admittedAt.get(from)) / 1000.0;
                assertThat((double) (to - from + 1))
                        .as("admitted within %s s", window)
                        .isLessThanOrEqualTo(line.rate * window + line.burst + 1e-6);
            }
        }
    }

    public boolean isPlausible() {
        return steps > 0;
    }

    private void tick() {
        List<String> before = line.inOrder();
        Map<String, Long> scores = new HashMap<>();
        before.forEach(user -> scores.put(user, line.place(user).score()));
        LineLab.Ticked ticked = line.tick();
        if (!ticked.admitted().isEmpty()) {
            assertThat(ticked.active()).as("active shoppers").isLessThanOrEqualTo(CAP);
        }
        long last = Long.MIN_VALUE;
        for (int i = 0; i < ticked.admitted().size(); i++) {
            String user = ticked.admitted().get(i);
            if (!scores.containsKey(user)) {
                continue; // read late, from before a crash
            }
            long score = scores.get(user);
            assertThat(score).as("nobody overtakes").isGreaterThan(last);
            last = score;
            admittedAt.add(line.now);
            String place = ticked.places().get(i);
            assertThat(grantedInThisEpoch.add(place))
                    .as("%s admitted twice", place)
                    .isTrue();
            assertThat(holderOfPlace.merge(place, user, (old, fresh) -> old))
                    .as("one holder of %s", place)
                    .isEqualTo(user);
        }
        for (String user : line.inOrder()) {
            assertThat(scores.get(user)).as("%s was overtaken", user).isGreaterThan(last);
        }
    }

    private void returnWithToken(String user) {
        PlaceToken token = tokens.get(user);
        Place before = line.place(user);
        LineLab.Joined joined = line.join(user, token);
        Place after = joined.place();
        if (before.kind() == Place.Kind.WAITING) {
            assertThat(after.score()).as("a place never gets worse").isLessThanOrEqualTo(before.score());
        }
        noteToken(user, joined);
    }

    private void noteToken(String user, LineLab.Joined joined) {
        if (joined.verdict() == JoinLine.Verdict.OK && joined.place().kind() != Place.Kind.NONE) {
            tokens.put(user, line.token(user));
        }
    }

    /** After a loss a place may be granted again, with the same pass; the meter starts from nothing. */
    private void lose(Runnable loss) {
        line.now += 1_500;
        loss.run();
        grantedInThisEpoch.clear();
    }

    private void withSlot(String user, Consumer<String> action) {
        Grant grant = line.place(user).grant();
        if (grant != null && grant.isLiveAt(line.now)) {
            action.accept(grant.epoch() + ":" + grant.number());
        }
    }

    private Set<String> members(int key) {
        return new HashSet<>(LineLab.REDIS
                .run(command -> command.zrange(line.keys[key], 0, -1))
                .block(SOON));
    }
}
