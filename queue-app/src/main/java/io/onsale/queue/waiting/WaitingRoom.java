package io.onsale.queue.waiting;

import io.onsale.platform.problem.ProblemException;
import io.onsale.queue.pass.PassMint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Enter, ask, leave: what a person can do in a line. */
public final class WaitingRoom {
    private final Lines lines;
    private final Claims claims;
    private final JoinLine joinLine;
    private final ReadPlaces readPlaces;
    private final LeaveLine leaveLine;
    private final PlaceTokens placeTokens;
    private final Heartbeats heartbeats;
    private final PassMint passes;
    private final Recall recall;
    private final Departures departures;
    private final Forecasts forecasts;
    private final KeptControl kept;
    private final Clock clock;
    private final RequestIds requestIds = new RequestIds();
    private final Duration answerWithin;

    WaitingRoom(
            Lines lines,
            Claims claims,
            JoinLine joinLine,
            ReadPlaces readPlaces,
            LeaveLine leaveLine,
            PlaceTokens placeTokens,
            Heartbeats heartbeats,
            PassMint passes,
            Recall recall,
            Departures departures,
            Forecasts forecasts,
            KeptControl kept,
            Clock clock,
            WaitingSettings settings) {
        this.lines = lines;
        this.claims = claims;
        this.joinLine = joinLine;
        this.readPlaces = readPlaces;
        this.leaveLine = leaveLine;
        this.placeTokens = placeTokens;
        this.heartbeats = heartbeats;
        this.passes = passes;
        this.recall = recall;
        this.departures = departures;
        this.forecasts = forecasts;
        this.kept = kept;
        this.clock = clock;
        this.answerWithin = settings.answerWithin();
    }

    /**
     * A person's place: a new one, the one they have, or the one their token proves. Two round trips.
     *
     * @param placeToken as told before; a worthless one changes nothing
     */
    public Mono<Standing> enter(String userId, String eventId, @Nullable String placeToken) {
        String requestId = requestIds.next();
        Mono<Standing> entering = lines.require(eventId)
                .filter(line -> kept.isKnown())
                .switchIfEmpty(Mono.error(WaitingProblem::unavailable))
                .flatMap(line -> claim(userId, eventId, requestId)
                        .then(Mono.defer(() -> join(line, userId, requestId, placeToken))));
        return StoreTrouble.guard(entering, answerWithin);
    }

    /** The old place that a token proves, for a line that lost its memory; empty when it proves none. */
    public Mono<Standing> restore(Line line, String userId, @Nullable String placeToken) {
        if (!kept.isKnown()) {
            return Mono.error(WaitingProblem.unavailable());
        }
        String requestId = requestIds.next();
        return claims.take(userId, line.eventId(), requestId, null)
                .then(joinLine.run(line, userId, proof(line, userId, placeToken), true))
                .flatMap(joined -> joined.verdict() == JoinLine.Verdict.OK
                        ? withPass(line, userId, joined.facts(), joined.place())
                        : claims.drop(userId, line.eventId(), requestId).then(Mono.empty()));
    }

    /** Where a person stands; counts as a heartbeat. One round trip. */
    public Mono<Standing> status(String userId, String eventId) {
        Mono<Standing> asking = inReach(eventId).flatMap(line -> {
            heartbeats.note(line, userId);
            return standing(line, userId);
        });
        return StoreTrouble.guard(asking, answerWithin);
    }

    /** Where several people stand, in their order; null for who is not in the line. One round trip, no passes. */
    public Mono<List<@Nullable Standing>> standings(Line line, List<String> userIds) {
        return readPlaces.run(line, userIds.toArray(String[]::new)).map(read -> {
            List<@Nullable Standing> out = new ArrayList<>(userIds.size());
            for (int i = 0; i < userIds.size(); i++) {
                Place place = read.places().get(i);
                boolean isIn = place.kind() != Place.Kind.NONE;
                out.add(isIn ? tell(line, userIds.get(i), read.facts(), place) : null);
            }
            return out;
        });
    }

    /** Where one person stands, with the pass if admitted; NOT_IN_LINE when nowhere. */
    public Mono<Standing> standing(Line line, String userId) {
        return readPlaces.run(line, userId).flatMap(read -> {
            Place place = read.places().get(0);
            return place.kind() == Place.Kind.NONE
                    ? Mono.error(WaitingProblem.NOT_IN_LINE.asException())
                    : withPass(line, userId, read.facts(), place);
        });
    }

    /** Notes that a person is still there. */
    public Mono<Void> heartbeat(String userId, String eventId) {
        return StoreTrouble.guard(
                lines.require(eventId)
                        .doOnNext(line -> heartbeats.note(line, userId))
                        .then(),
                answerWithin);
    }

    /** Gives a place or pass up; also when there is none. */
    public Mono<Void> leave(String userId, String eventId) {
        Mono<Void> leaving = inReach(eventId)
                .flatMap(line -> leaveLine.run(line, userId, requestIds.next()))
                .filter(LeaveLine.Left::had)
                .doOnNext(left -> departures.announce(eventId, userId, left.atMillis()))
                .then();
        // The claim goes behind the answer's back: if it stays, whoever asks finds that its line has nobody.
        return StoreTrouble.guard(leaving, answerWithin)
                .doOnSuccess(left -> claims.drop(userId, eventId, "").subscribe(null, stays -> {}));
    }

    private Mono<Line> inReach(String eventId) {
        return lines.require(eventId)
                .flatMap(line -> line.isOutOfReach() ? Mono.error(WaitingProblem.unavailable()) : Mono.just(line));
    }

    private Mono<Void> claim(String userId, String eventId, String requestId) {
        return claims.take(userId, eventId, requestId, null)
                .flatMap(obstacle -> isStillWaiting(userId, obstacle.eventId())
                        .flatMap(waiting ->
                                waiting ? Mono.just(obstacle) : claims.take(userId, eventId, requestId, obstacle)))
                .flatMap(obstacle -> Mono.error(WaitingProblem.ALREADY_WAITING_ELSEWHERE
                        .problem()
                        .with("eventId", obstacle.eventId())
                        .asException()));
    }

    private Mono<Boolean> isStillWaiting(String userId, String eventId) {
        return lines.require(eventId)
                .flatMap(line -> readPlaces.run(line, userId).map(read -> {
                    Place.Kind kind = read.places().get(0).kind();
                    boolean waits = kind == Place.Kind.WAITING || kind == Place.Kind.ENTRANT;
                    return waits
                            && Standings.stateOf(
                                            line, read.facts(), read.places().get(0))
                                    != Standing.State.CLOSED;
                }))
                .onErrorReturn(e -> e instanceof ProblemException, false); // that line is gone
    }

    private Mono<Standing> join(Line line, String userId, String requestId, @Nullable String placeToken) {
        return joinLine.run(line, userId, proof(line, userId, placeToken), false)
                .flatMap(joined -> joined.verdict() == JoinLine.Verdict.OK
                        ? withPass(line, userId, joined.facts(), joined.place())
                                .doOnNext(standing -> note(line, userId, joined, standing))
                        : claims.drop(userId, line.eventId(), requestId).then(Mono.error(() -> refusal(line, joined))));
    }

    /** The join has renewed place and claim. What is told with a new place is what is measured later: it is when people decide whether to stay. */
    private void note(Line line, String userId, JoinLine.Joined joined, Standing standing) {
        heartbeats.noteWritten(line, userId);
        if (joined.place().joinedMillis() == joined.facts().nowMillis()) {
            forecasts.note(line.eventId(), userId, standing.etaSeconds());
        }
    }

    private @Nullable PlaceToken proof(Line line, String userId, @Nullable String placeToken) {
        PlaceToken shown = placeTokens.read(userId, line.eventId(), placeToken);
        return recall.proofOf(line.eventId(), userId, shown, clock.millis());
    }

    private static RuntimeException refusal(Line line, JoinLine.Joined joined) {
        return switch (joined.verdict()) {
            case FULL ->
                WaitingProblem.LINE_FULL
                        .problem()
                        .retryAfter(Duration.ofSeconds(
                                5 + ThreadLocalRandom.current().nextLong(11)))
                        .asException();
            case EARLY ->
                WaitingProblem.SALE_NOT_OPEN
                        .problem()
                        .with("opensAt", Instant.ofEpochMilli(line.sale().opensAtMillis()))
                        .asException();
            case CLOSED, UNPROVEN, BEHIND, OK -> WaitingProblem.SALE_CLOSED.asException();
        };
    }

    private Mono<Standing> withPass(Line line, String userId, LineFacts facts, Place place) {
        Standing standing = tell(line, userId, facts, place);
        Grant grant = place.grant();
        if (standing.state() != Standing.State.ADMITTED || grant == null) {
            return Mono.just(standing);
        }
        return passes.mint(new PassMint.Grounds(
                        grant.passId(line.eventId()),
                        userId,
                        line.eventId(),
                        grant.admittedMillis(),
                        grant.endMillis()))
                .map(standing::withPass);
    }

    private Standing tell(Line line, String userId, LineFacts facts, Place place) {
        return Standings.of(line, facts, place, placeTokens.issue(userId, line.eventId(), facts, place));
    }
}
