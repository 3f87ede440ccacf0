package io.onsale.queue.waiting;

import io.onsale.queue.sales.Sale;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Puts what the store knows into what a person is told. Pure but for the jitter of the poll interval. */
final class Standings {
    private static final long POLL_NEAR_MILLIS = 2_000;
    private static final long POLL_FAR_MILLIS = 10_000;
    private static final long FAR_AWAY_SECONDS = 120;

    private Standings() {}

    static Standing of(Line line, LineFacts facts, Place place, @Nullable String placeToken) {
        Standing.State state = stateOf(line, facts, place);
        boolean inLine = place.kind() == Place.Kind.WAITING;
        boolean waits = inLine || place.kind() == Place.Kind.ENTRANT;
        Sale sale = line.sale();
        boolean beforeOpening = facts.nowMillis() < sale.opensAtMillis();
        WaitEstimate eta = waits && state != Standing.State.CLOSED ? estimate(line, facts, place) : null;
        Grant grant = place.grant();
        return new Standing(
                line.eventId(),
                state,
                inLine ? place.ahead() + 1 : null,
                inLine ? place.ahead() : null,
                facts.waiting() + facts.entrants(),
                facts.admittedTotal(),
                eta,
                pollAfterMillis(eta),
                waits && beforeOpening ? Instant.ofEpochMilli(sale.opensAtMillis()) : null,
                place.kind() == Place.Kind.ENTRANT ? Long.toString(place.score()) : null,
                placeToken,
                null,
                state == Standing.State.ADMITTED && grant != null ? Instant.ofEpochMilli(grant.endMillis()) : null);
    }

    static Standing.State stateOf(Line line, LineFacts facts, Place place) {
        long now = facts.nowMillis();
        Grant grant = place.grant();
        if (grant != null) {
            return grant.isLiveAt(now) ? Standing.State.ADMITTED : Standing.State.EXPIRED;
        }
        Sale sale = line.sale();
        if (now >= sale.closesAtMillis() || facts.state().equals("CLOSED") || line.isEnded()) {
            return Standing.State.CLOSED;
        }
        if (now < facts.recoverUntilMillis()) {
            return Standing.State.RECOVERING;
        }
        if (now < sale.opensAtMillis()) {
            return Standing.State.PRE_QUEUE;
        }
        return place.kind() == Place.Kind.ENTRANT ? Standing.State.DRAWING : Standing.State.WAITING;
    }

    /** Before a draw anybody may come last, so everybody who entered counts as ahead. */
    private static WaitEstimate estimate(Line line, LineFacts facts, Place place) {
        long ahead = place.kind() == Place.Kind.ENTRANT ? facts.entrants() / 2 : place.ahead();
        long starts = Math.max(line.sale().opensAtMillis(), facts.recoverUntilMillis());
        double untilOpen = Math.max(0, starts - facts.nowMillis()) / 1000.0;
        return WaitEstimate.of(
                ahead,
                line.ratePerSecond(),
                line.pace().measuredPerSecond(),
                line.pace().noShowShare(),
                untilOpen);
    }

    /** 2 s near the front, up to 10 s far back, spread by a fifth so that pollers do not march in step. */
    private static long pollAfterMillis(@Nullable WaitEstimate eta) {
        long base = POLL_NEAR_MILLIS;
        if (eta != null) {
            long share =
                    Math.min(eta.low(), FAR_AWAY_SECONDS) * (POLL_FAR_MILLIS - POLL_NEAR_MILLIS) / FAR_AWAY_SECONDS;
            base += share * 4 / 5;
        }
        return Math.min(POLL_FAR_MILLIS, base + ThreadLocalRandom.current().nextLong(base / 5 + 1));
    }
}
