package io.onsale.queue.waiting;

import io.onsale.queue.sales.Availability;
import io.onsale.queue.sales.Sale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One event's line as this instance knows it: its keys, its sale, and what was last heard of it. Thread-safe. */
public final class Line {
    private final String eventId;
    private final String[] keys;
    private final AtomicLong newestEpoch = new AtomicLong();
    private final Pace pace = new Pace();
    private volatile Sale sale;
    private volatile @Nullable Availability seats;
    private volatile @Nullable LineFacts facts;
    private volatile boolean outOfReach;

    Line(Sale sale) {
        this.eventId = sale.eventId();
        this.keys = Keys.ofLine(eventId);
        this.sale = sale;
    }

    public String eventId() {
        return eventId;
    }

    /** The line's keys for its scripts; not to be changed. */
    public String[] keys() {
        return keys;
    }

    /** The sale as the catalogue last told it. */
    public Sale sale() {
        return sale;
    }

    /** The waiting room's settings. */
    public Sale.Room room() {
        Sale.Room room = sale.room();
        if (room == null) {
            throw new IllegalStateException("event " + eventId + " has no waiting room");
        }
        return room;
    }

    /** Opening, closing and seats as they are known now. */
    public void learn(Sale newSale, @Nullable Availability newSeats) {
        sale = newSale;
        seats = newSeats;
    }

    public @Nullable Availability seats() {
        return seats;
    }

    /** Whether nobody can buy any more: over, or every seat sold. */
    public boolean isEnded() {
        Availability count = seats;
        return sale.isOver() || count != null && count.isSoldOut();
    }

    /** The newest epoch ever seen: what proves to the scripts that a missing memory is a loss. */
    public long newestEpoch() {
        return newestEpoch.get();
    }

    /** How fast the line has moved lately. */
    public Pace pace() {
        return pace;
    }

    /** What was last heard, null at first. */
    public @Nullable LineFacts facts() {
        return facts;
    }

    /** Takes note of an answer. */
    public LineFacts heard(LineFacts fresh) {
        newestEpoch.accumulateAndGet(fresh.epoch(), Math::max);
        facts = fresh;
        return fresh;
    }

    /** Whether ticks have been failing: the store is away, and asking it again would only make people wait. */
    public boolean isOutOfReach() {
        return outOfReach;
    }

    /** Told by the ticks, which are the probe of this breaker. */
    public void setOutOfReach(boolean value) {
        outOfReach = value;
    }

    /** The rate in force: the operators' or the catalogue's. */
    public double ratePerSecond() {
        LineFacts last = facts;
        return last != null && last.rateSet() > 0 ? last.rateSet() : room().ratePerSecond();
    }
}
