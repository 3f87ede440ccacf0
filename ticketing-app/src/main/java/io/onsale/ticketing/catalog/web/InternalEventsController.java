package io.onsale.ticketing.catalog.web;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.catalog.events.EventReader;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.EventChanged;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** For other services only; the gateway hides these paths. */
@RestController
@RequestMapping("/internal")
class InternalEventsController {
    private final EventReader reader;
    private final Clock clock;

    InternalEventsController(EventReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** All the queue needs to run the event's line: the same as the last {@code EventChanged}. */
    @GetMapping("/events/{id}/queue-info")
    Mono<EventChanged> queueInfo(@PathVariable String id) {
        return find(id).map(event -> EventChanged.of(event, clock.instant()));
    }

    /** What is sold, in all performances together and by performance. */
    @GetMapping("/seats/status/{eventId}")
    Mono<SoldSeats> soldSeats(@PathVariable String eventId) {
        return find(eventId).flatMap(reader::soldSeats).map(byPerformance -> SoldSeats.of(eventId, byPerformance));
    }

    private Mono<Event> find(String id) {
        return reader.event(Ids.uuid(id))
                .switchIfEmpty(Mono.error(Problem.of(CommonProblem.NOT_FOUND).asException()));
    }

    /**
     * Sold seats of an event.
     *
     * @param soldSeatIds over all performances, so one id may stand there more than once
     */
    record SoldSeats(String eventId, List<String> soldSeatIds, List<PerformanceSeats> performances) {

        static SoldSeats of(String eventId, Map<String, Set<String>> byPerformance) {
            return new SoldSeats(
                    eventId,
                    byPerformance.values().stream().flatMap(Set::stream).toList(),
                    byPerformance.entrySet().stream()
                            .map(entry -> new PerformanceSeats(entry.getKey(), entry.getValue()))
                            .toList());
        }
    }

    record PerformanceSeats(String performanceId, Set<String> soldSeatIds) {}
}
