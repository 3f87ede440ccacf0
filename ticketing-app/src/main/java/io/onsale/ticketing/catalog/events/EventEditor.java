package io.onsale.ticketing.catalog.events;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.FieldProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemCode;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.catalog.CatalogProblem;
import io.onsale.ticketing.catalog.SeatAvailability;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.EventRules;
import io.onsale.ticketing.catalog.postgres.BlockedSeats;
import io.onsale.ticketing.catalog.postgres.Events;
import io.onsale.ticketing.catalog.postgres.Halls;
import io.onsale.ticketing.catalog.postgres.SeatCounts;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Makes and changes events. Each change locks the event, checks the rules, writes, and announces: one transaction. */
@Service
public class EventEditor {
    private final Events events;
    private final Halls halls;
    private final EventViews views;
    private final Availability availability;
    private final Announcer announcer;
    private final BlockedSeats blockedSeats;
    private final SeatCounts seatCounts;
    private final EventLists lists;
    private final TransactionalOperator transaction;
    private final Clock clock;

    EventEditor(
            Events events,
            Halls halls,
            EventViews views,
            Availability availability,
            Announcer announcer,
            BlockedSeats blockedSeats,
            SeatCounts seatCounts,
            EventLists lists,
            TransactionalOperator transaction,
            Clock clock) {
        this.events = events;
        this.halls = halls;
        this.views = views;
        this.availability = availability;
        this.announcer = announcer;
        this.blockedSeats = blockedSeats;
        this.seatCounts = seatCounts;
        this.lists = lists;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes an event in a hall; {@code VALIDATION_FAILED} with everything that is wrong. */
    public Mono<EventView> create(Caller seller, UUID hallId, EventForm form) {
        return halls.find(hallId)
                .switchIfEmpty(
                        Mono.error(Problem.invalid("hallId", "NoSuchHall").asException()))
                .flatMap(hall -> checked(form.create(seller, hall), hall.grades()))
                .delayUntil(event -> views.seating(event.layoutId()))
                .flatMap(event -> events.insert(event, clock.instant())
                        .then(seatCounts.markStale(event.id()))
                        .then(announcer.announce(event))
                        .as(transaction::transactional))
                .delayUntil(view -> lists.forget());
    }

    /** Changes the given fields; {@code EVENT_FROZEN} for those that are when sales have begun. */
    public Mono<EventView> change(Caller caller, UUID id, EventForm changes) {
        return amend(
                caller,
                id,
                before -> refuseIf(before.cancelled(), CatalogProblem.EVENT_CANCELLED)
                        .then(views.seating(before.layoutId()))
                        .map(seating -> seating.grades())
                        .flatMap(grades -> checked(changes.apply(before), grades))
                        .flatMap(after -> unfrozen(before, after))
                        .delayUntil(after -> after.status(clock.instant()).isBeforeSales()
                                ? events.replaceParts(after)
                                : Mono.empty()));
    }

    /** Publishes a draft; nothing happens to an event that is published. */
    public Mono<EventView> publish(Caller caller, UUID id) {
        return amend(
                caller,
                id,
                before -> refuseIf(before.cancelled(), CatalogProblem.EVENT_CANCELLED)
                        .thenReturn(before.publish()));
    }

    /** Cancels for good: bookings are refunded by who hears of it. Nothing happens to an event that is cancelled. */
    public Mono<EventView> cancel(Caller caller, UUID id) {
        return amend(
                caller,
                id,
                before -> refuseIf(
                                before.lastStartsAt().isBefore(clock.instant()) && !before.draft(),
                                CatalogProblem.EVENT_ENDED)
                        .thenReturn(before.cancel()));
    }

    /**
     * Keeps these seats of a performance from sale, and no others; {@code SEATS_IN_USE} names those that are held or sold.
     */
    public Mono<EventView> block(Caller caller, UUID id, UUID performanceId, Set<String> seatIds) {
        return amend(
                caller,
                id,
                before -> views.view(before)
                        .filter(view -> view.performance(performanceId).isPresent())
                        .switchIfEmpty(
                                Mono.error(Problem.of(CommonProblem.NOT_FOUND).asException()))
                        .flatMap(view -> known(view, seatIds))
                        .then(availability.taken(performanceId.toString()))
                        .flatMap(taken -> free(taken, seatIds))
                        .then(blockedSeats.replace(performanceId, seatIds))
                        .then(seatCounts.markStale(id))
                        .thenReturn(before));
    }

    private static Mono<Void> known(EventView view, Set<String> seatIds) {
        return seatIds.stream().allMatch(seatId -> view.seating().seat(seatId).isPresent())
                ? Mono.empty()
                : Mono.error(Problem.invalid("seatIds", "NoSuchSeat").asException());
    }

    private static Mono<Void> free(SeatAvailability.Taken taken, Set<String> seatIds) {
        List<String> inUse = seatIds.stream()
                .filter(seatId -> taken.held().contains(seatId) || taken.sold().contains(seatId))
                .sorted()
                .toList();
        return inUse.isEmpty()
                ? Mono.empty()
                : Mono.error(Problem.of(CatalogProblem.SEATS_IN_USE)
                        .with("seatIds", inUse)
                        .asException());
    }

    /** Hides the event for good; refused while seats are held or sold. */
    public Mono<Void> delete(Caller caller, UUID id) {
        return amend(
                        caller,
                        id,
                        before -> availability
                                .hasBookings(before)
                                .flatMap(booked -> refuseIf(booked, CatalogProblem.EVENT_HAS_BOOKINGS))
                                .thenReturn(before.delete()))
                .then();
    }

    /** Locks the event, lets it change, announces it: one transaction. {@code NOT_FOUND} for somebody else's. */
    Mono<EventView> amend(Caller caller, UUID id, Change change) {
        return views.find(id)
                .then(Mono.defer(() -> events.lock(id)
                        .filter(event -> !event.deleted() && mayChange(caller, event))
                        .switchIfEmpty(
                                Mono.error(Problem.of(CommonProblem.NOT_FOUND).asException()))
                        .flatMap(change::apply)
                        .flatMap(after -> events.update(after, clock.instant()))
                        .flatMap(announcer::announce)
                        .as(transaction::transactional)))
                .doOnNext(view -> views.evict(id))
                .delayUntil(view -> lists.forget())
                .doFinally(end -> views.evict(id));
    }

    private Mono<Event> unfrozen(Event before, Event after) {
        List<String> frozen = EventRules.frozen(before, after, clock.instant());
        return frozen.isEmpty()
                ? Mono.just(after)
                : Mono.error(Problem.of(CatalogProblem.EVENT_FROZEN)
                        .with("fields", frozen)
                        .asException());
    }

    private static Mono<Event> checked(Event event, Collection<String> grades) {
        List<FieldProblem> problems = EventRules.check(event, grades);
        return problems.isEmpty()
                ? Mono.just(event)
                : Mono.error(Problem.of(CommonProblem.VALIDATION_FAILED)
                        .errors(problems)
                        .asException());
    }

    static boolean mayChange(Caller caller, Event event) {
        return caller.role() == Role.ADMIN || event.sellerId().toString().equals(caller.userId());
    }

    private static Mono<Void> refuseIf(boolean condition, ProblemCode code) {
        return condition ? Mono.error(Problem.of(code).asException()) : Mono.empty();
    }

    /** What happens to a locked event: what it becomes, or a refusal. */
    @FunctionalInterface
    interface Change {
        Mono<Event> apply(Event before);
    }
}
