package io.onsale.queue.waiting;

import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.sales.Sale;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** {@code join_line.lua}: an account's place, the same one however often it asks. */
final class JoinLine {
    private static final LuaScript SCRIPT = LuaScript.load(JoinLine.class, "join_line.lua");

    private final Scripts scripts;
    private final KeptControl kept;
    private final WaitingSettings settings;

    JoinLine(Scripts scripts, KeptControl kept, WaitingSettings settings) {
        this.scripts = scripts;
        this.kept = kept;
        this.settings = settings;
    }

    /** What the script decided. */
    enum Verdict {
        OK,
        FULL,
        CLOSED,
        EARLY,
        UNPROVEN,
        BEHIND
    }

    record Joined(Verdict verdict, Place place, LineFacts facts) {}

    /**
     * A line that forgot what its operators set is told that first; WAITING_ROOM_UNAVAILABLE when it forgets faster than it is told.
     *
     * @param onlyProven whether nothing but an old place that the token proves is wanted
     */
    Mono<Joined> run(Line line, String userId, @Nullable PlaceToken token, boolean onlyProven) {
        return attempt(line, userId, token, onlyProven)
                .flatMap(joined -> joined.verdict() == Verdict.BEHIND
                        ? kept.giveBack(line)
                                .then(Mono.defer(() -> attempt(line, userId, token, onlyProven)))
                                .filter(again -> again.verdict() != Verdict.BEHIND)
                                .switchIfEmpty(Mono.error(WaitingProblem::unavailable))
                        : Mono.just(joined));
    }

    private Mono<Joined> attempt(Line line, String userId, @Nullable PlaceToken token, boolean onlyProven) {
        Sale sale = line.sale();
        Sale.Room room = line.room();
        Long preQueueOpens = room.preQueueOpensAtMillis();
        long lead = settings.preQueueLead().toMillis();
        String[] args = {
            "",
            Long.toString(line.newestEpoch()),
            settings.recoveryPauseMillis(),
            userId,
            Integer.toString(room.capacity()),
            Long.toString(preQueueOpens != null ? preQueueOpens : sale.opensAtMillis() - lead),
            Long.toString(sale.opensAtMillis()),
            line.isEnded() ? "0" : Long.toString(sale.closesAtMillis()),
            room.mode().name(),
            Long.toString(settings.silenceMillis()),
            token == null ? "" : String.valueOf(token.kind()),
            token == null ? "" : Long.toString(token.epoch()),
            token == null ? "" : Long.toString(token.number()),
            token == null ? "" : Long.toString(token.issuedMillis()),
            token == null ? "" : Long.toString(token.admittedMillis()),
            token == null ? "" : Long.toString(token.endMillis()),
            onlyProven ? "1" : "0",
            Long.toString(kept.versionOf(line))
        };
        return scripts.run(SCRIPT, line.keys(), args).map(answer -> read(line, answer));
    }

    private static Joined read(Line line, List<Object> answer) {
        return new Joined(
                Verdict.valueOf((String) answer.get(0)),
                Place.parse(answer, 1),
                line.heard(LineFacts.parse(answer, 6)));
    }
}
