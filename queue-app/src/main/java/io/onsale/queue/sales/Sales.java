package io.onsale.queue.sales;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** All sales this instance knows, in memory. What it has not heard of yet it asks the catalogue for. */
public final class Sales {
    private final SaleSource source;
    private final Map<String, Sale> known = new ConcurrentHashMap<>();
    private final Map<String, Availability> seats = new ConcurrentHashMap<>();
    private final Map<String, Mono<Sale>> asked = new ConcurrentHashMap<>();

    Sales(SaleSource source) {
        this.source = source;
    }

    /** The sale, empty when the catalogue has no such event. Costs no I/O for events heard of. */
    public Mono<Sale> find(String eventId) {
        Sale sale = known.get(eventId);
        return sale != null ? Mono.just(sale) : asked.computeIfAbsent(eventId, this::ask);
    }

    /** The sale if it is known here already. */
    public @Nullable Sale known(String eventId) {
        return known.get(eventId);
    }

    /** Every known sale. */
    public Collection<Sale> all() {
        return known.values();
    }

    /** The last count of seats, null when none was heard. */
    public @Nullable Availability seatsOf(String eventId) {
        return seats.get(eventId);
    }

    /** Takes in a snapshot; an older one changes nothing. */
    public void learn(Sale sale) {
        known.merge(sale.eventId(), sale, (old, fresh) -> fresh.version() >= old.version() ? fresh : old);
    }

    void learn(Availability count) {
        seats.merge(count.eventId(), count, (old, fresh) -> fresh.asOf().isBefore(old.asOf()) ? old : fresh);
    }

    private Mono<Sale> ask(String eventId) {
        return source.read(eventId)
                .map(EventChanged::toSale)
                .doOnNext(this::learn)
                .doFinally(end -> asked.remove(eventId))
                .cache();
    }
}
