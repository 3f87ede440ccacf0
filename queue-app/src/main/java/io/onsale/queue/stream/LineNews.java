package io.onsale.queue.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.onsale.queue.sales.Availability;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import org.jspecify.annotations.Nullable;

/**
 * The shared {@code line} event: one encoding for all streams of a line.
 *
 * @param state OPEN, PRE_QUEUE, DRAWING, PAUSED, DRAINING, RECOVERING, SEATS_HELD, CLOSED or UNAVAILABLE
 * @param notice what the operators say, or nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineNews(
        long admittedTotal,
        long waiting,
        double ratePerSecond,
        String state,
        @Nullable String notice) {

    static LineNews of(Line line, LineFacts facts, boolean stale) {
        return new LineNews(
                facts.admittedTotal(),
                facts.waiting() + facts.entrants(),
                line.ratePerSecond(),
                stale ? "UNAVAILABLE" : stateOf(line, facts),
                facts.notice().isEmpty() ? null : facts.notice());
    }

    private static String stateOf(Line line, LineFacts facts) {
        Availability seats = line.seats();
        if (endOf(line, facts) != null) {
            return "CLOSED";
        } else if (facts.nowMillis() < facts.recoverUntilMillis()) {
            return "RECOVERING";
        } else if (facts.nowMillis() < line.sale().opensAtMillis()) {
            return "PRE_QUEUE";
        } else if (facts.entrants() > 0) {
            return "DRAWING";
        } else if (facts.state().equals("OPEN") && seats != null && seats.isAllHeld()) {
            return "SEATS_HELD";
        }
        return facts.state();
    }

    /** Why the line has ended, null while it has not. */
    static @Nullable String endOf(Line line, LineFacts facts) {
        if (line.sale().status().equals("CANCELLED")) {
            return "CANCELLED";
        } else if (line.isEnded()) {
            return line.sale().isOver() ? "SALE_ENDED" : "SOLD_OUT";
        } else if (facts.nowMillis() >= line.sale().closesAtMillis()) {
            return "SALE_ENDED";
        }
        return facts.state().equals("CLOSED") ? "CLOSED" : null;
    }
}
