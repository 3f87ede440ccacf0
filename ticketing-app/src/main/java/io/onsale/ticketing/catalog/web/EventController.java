package io.onsale.ticketing.catalog.web;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Open;
import io.onsale.platform.web.Page;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.catalog.events.EventEditor;
import io.onsale.ticketing.catalog.events.EventLists;
import io.onsale.ticketing.catalog.events.EventReader;
import io.onsale.ticketing.catalog.events.EventView;
import io.onsale.ticketing.catalog.model.EventStatus;
import io.onsale.ticketing.catalog.postgres.EventSearch;
import io.onsale.ticketing.catalog.web.EventRequests.ChangeRequest;
import io.onsale.ticketing.catalog.web.EventRequests.CreateRequest;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Events: sellers make them, everybody reads them. */
@RestController
@RequestMapping("/api/v1/events")
class EventController {
    private final EventEditor editor;
    private final EventReader reader;
    private final EventLists lists;
    private final JsonMapper json;
    private final Clock clock;

    EventController(EventEditor editor, EventReader reader, EventLists lists, JsonMapper json, Clock clock) {
        this.editor = editor;
        this.reader = reader;
        this.lists = lists;
        this.json = json;
        this.clock = clock;
    }

    @PostMapping
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<EventResponse> create(Caller caller, @Valid @RequestBody CreateRequest request) {
        return editor.create(caller, Ids.uuid(request.hallId()), request.form()).flatMap(this::answer);
    }

    @Open
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "One page of events",
            content = @Content(schema = @Schema(implementation = EventPage.class)))
    Mono<ResponseEntity<String>> list(
            @Nullable Caller caller,
            @RequestParam(defaultValue = "") @Size(max = 100) String q,
            @RequestParam(defaultValue = "") @Size(max = 100) String artist,
            @RequestParam(required = false) @Nullable EventStatus status,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable UUID venueId,
            @RequestParam(defaultValue = "startsAt") String sort,
            @RequestParam(required = false) @Nullable @Size(max = 1_000) String after,
            @RequestParam(defaultValue = "0") @Min(0) @Max(Page.MAX_PAGE) int page,
            @RequestParam(defaultValue = Page.DEFAULT_SIZE) @Min(1) @Max(Page.MAX_SIZE) int size) {
        EventSearch.Sort order = sortOf(sort);
        var criteria = new EventSearch.Criteria(
                q.replaceAll("\\p{Cntrl}", " "),
                artist.replaceAll("\\p{Cntrl}", " "),
                status,
                status == EventStatus.DRAFT && caller != null ? UUID.fromString(caller.userId()) : null,
                Times.check("from", from),
                Times.check("to", to),
                venueId,
                order,
                Cursor.parse(after, order));
        int skipped = after == null ? page : 0;
        return lists.page(
                        new EventLists.Request(criteria, skipped, size),
                        matches -> write(matches, skipped, size, order))
                .map(body -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body));
    }

    private String write(EventLists.Matches matches, int page, int size, EventSearch.Sort order) {
        List<EventSearch.Found> found = matches.found();
        return json.writeValueAsString(new EventPage(
                found.stream().map(EventSummary::of).toList(),
                page,
                size,
                matches.total() < 0 ? null : matches.total(),
                found.size() < size ? null : Cursor.behind(found.get(found.size() - 1), order)));
    }

    /**
     * One page of events.
     *
     * @param totalElements null where the page was asked for by {@code after}
     * @param next send it as {@code after} for the page behind this one, at any depth for the same price; null on the last page
     */
    record EventPage(
            List<EventSummary> items,
            int page,
            int size,
            @Nullable Long totalElements,
            @Nullable String next) {}

    @Open
    @GetMapping("/{id}")
    Mono<EventResponse> detail(@PathVariable String id, @Nullable Caller caller) {
        return reader.detail(Ids.uuid(id), caller).map(detail -> EventResponse.of(detail, clock.instant()));
    }

    @Open
    @GetMapping(path = "/{id}/seats", produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "All seats, by grade",
            content = @Content(schema = @Schema(implementation = SeatsAnswer.class)))
    Mono<ResponseEntity<byte[]>> seats(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String performanceId,
            @Nullable Caller caller) {
        return reader.seats(Ids.uuid(id), performanceId == null ? null : Ids.uuid(performanceId), caller)
                .map(json -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(json));
    }

    @PatchMapping("/{id}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    Mono<EventResponse> change(Caller caller, @PathVariable String id, @Valid @RequestBody ChangeRequest request) {
        return editor.change(caller, Ids.uuid(id), request.form()).flatMap(this::answer);
    }

    @DeleteMapping("/{id}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Caller caller, @PathVariable String id) {
        return editor.delete(caller, Ids.uuid(id));
    }

    @PostMapping("/{id}/publish")
    @RequireRole({Role.SELLER, Role.ADMIN})
    Mono<EventResponse> publish(Caller caller, @PathVariable String id) {
        return editor.publish(caller, Ids.uuid(id)).flatMap(this::answer);
    }

    @PostMapping("/{id}/cancel")
    @RequireRole({Role.SELLER, Role.ADMIN})
    Mono<EventResponse> cancel(Caller caller, @PathVariable String id) {
        return editor.cancel(caller, Ids.uuid(id)).flatMap(this::answer);
    }

    /** Keeps seats of a performance from sale: the list replaces the one before. */
    @PutMapping("/{id}/performances/{performanceId}/blocked-seats")
    @RequireRole({Role.SELLER, Role.ADMIN})
    Mono<EventResponse> block(
            Caller caller,
            @PathVariable String id,
            @PathVariable String performanceId,
            @Valid @RequestBody BlockRequest request) {
        return editor.block(caller, Ids.uuid(id), Ids.uuid(performanceId), new HashSet<>(request.seatIds()))
                .flatMap(this::answer);
    }

    @Schema(example = "{\"seatIds\": [\"1-1-1\"]}")
    record BlockRequest(@NotNull @Size(max = 20_000) List<@NotNull @Size(max = 24) String> seatIds) {}

    private Mono<EventResponse> answer(EventView view) {
        return reader.detail(view).map(detail -> EventResponse.of(detail, clock.instant()));
    }

    private static EventSearch.Sort sortOf(String sort) {
        return switch (sort) {
            case "startsAt" -> EventSearch.Sort.STARTS_AT;
            case "-startsAt" -> EventSearch.Sort.STARTS_AT_DESC;
            case "saleOpensAt" -> EventSearch.Sort.SALE_OPENS_AT;
            case "-saleOpensAt" -> EventSearch.Sort.SALE_OPENS_AT_DESC;
            case "title" -> EventSearch.Sort.TITLE;
            case "-title" -> EventSearch.Sort.TITLE_DESC;
            case "newest" -> EventSearch.Sort.NEWEST;
            case "-newest" -> EventSearch.Sort.OLDEST;
            default -> throw Problem.invalid("sort", "Sort").asException();
        };
    }
}
