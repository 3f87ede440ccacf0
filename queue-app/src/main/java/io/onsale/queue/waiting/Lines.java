package io.onsale.queue.waiting;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.queue.sales.Sale;
import io.onsale.queue.sales.Sales;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** The lines this instance knows. */
public final class Lines {
    private final Sales sales;
    private final Map<String, Line> byEvent = new ConcurrentHashMap<>();

    Lines(Sales sales) {
        this.sales = sales;
    }

    /** The line of an event; EVENT_NOT_FOUND when there is no such event, NO_WAITING_ROOM when holds need no pass. */
    public Mono<Line> require(String eventId) {
        Line known = byEvent.get(eventId);
        Sale sale = sales.known(eventId);
        if (known != null && sale == known.sale()) {
            return Mono.just(known);
        }
        return sales.find(eventId)
                .filter(Sale::isPublic)
                .switchIfEmpty(Mono.error(() -> WaitingProblem.EVENT_NOT_FOUND.asException()))
                .map(this::of);
    }

    /** The line, for an operator: administrators have every one, sellers their own. To others it does not exist. */
    public Mono<Line> requireFor(Caller caller, String eventId) {
        return require(eventId)
                .filter(line ->
                        caller.hasRole(Role.ADMIN) || line.sale().sellerId().equals(caller.userId()))
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()));
    }

    /** All lines of sales that have a waiting room, brought up to date. */
    public Collection<Line> all() {
        for (Sale sale : sales.all()) {
            if (sale.room() != null && sale.isPublic()) {
                of(sale);
            }
        }
        return byEvent.values();
    }

    private Line of(Sale sale) {
        if (sale.room() == null) {
            throw WaitingProblem.NO_WAITING_ROOM.asException();
        }
        Line line = byEvent.computeIfAbsent(sale.eventId(), id -> new Line(sale));
        line.learn(sale, sales.seatsOf(sale.eventId()));
        return line;
    }
}
