package io.onsale.ticketing.catalog.web;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.FieldProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Open;
import io.onsale.platform.web.Page;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.catalog.CatalogProblem;
import io.onsale.ticketing.catalog.model.Layout;
import io.onsale.ticketing.catalog.model.LayoutCsv;
import io.onsale.ticketing.catalog.model.LayoutRules;
import io.onsale.ticketing.catalog.postgres.Halls;
import io.onsale.ticketing.catalog.postgres.Venues;
import io.onsale.ticketing.catalog.postgres.Venues.Venue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Venues and their halls. Every seller may use them; only who made one, and administrators, may change it. */
@RestController
@RequestMapping("/api/v1/venues")
class VenueController {
    private final Venues venues;
    private final Halls halls;
    private final Clock clock;

    VenueController(Venues venues, Halls halls, Clock clock) {
        this.venues = venues;
        this.halls = halls;
        this.clock = clock;
    }

    @PostMapping
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VenueResponse> create(Caller caller, @Valid @RequestBody VenueRequest request) {
        return venues.insert(request.venue(Ids.nextUuid(), UUID.fromString(caller.userId())), clock.instant())
                .map(venue -> VenueResponse.of(venue, List.of()));
    }

    @Open
    @GetMapping
    Mono<Page<VenueResponse>> list(
            @RequestParam(defaultValue = "0") @Min(0) @Max(Page.MAX_PAGE) int page,
            @RequestParam(defaultValue = Page.DEFAULT_SIZE) @Min(1) @Max(Page.MAX_SIZE) int size) {
        return Mono.zip(
                venues.page(page, size)
                        .map(venue -> VenueResponse.of(venue, List.of()))
                        .collectList(),
                venues.count(),
                (items, total) -> new Page<>(items, page, size, total));
    }

    @Open
    @GetMapping("/{id}")
    Mono<VenueResponse> detail(@PathVariable String id) {
        return venues.find(Ids.uuid(id))
                .switchIfEmpty(notFound())
                .flatMap(venue -> halls.of(venue.id()).collectList().map(found -> VenueResponse.of(venue, found)));
    }

    @PutMapping("/{id}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    Mono<VenueResponse> replace(Caller caller, @PathVariable String id, @Valid @RequestBody VenueRequest request) {
        return own(caller, id)
                .flatMap(venue -> venues.update(request.venue(venue.id(), venue.ownerId())))
                .then(Mono.defer(() -> detail(id)));
    }

    @DeleteMapping("/{id}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Caller caller, @PathVariable String id) {
        return own(caller, id)
                .flatMap(venue -> venues.delete(venue.id(), clock.instant()))
                .flatMap(VenueController::refuseUnlessDeleted);
    }

    @PostMapping("/{id}/halls")
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<HallResponse> createHall(Caller caller, @PathVariable String id, @Valid @RequestBody HallRequest request) {
        Layout layout = new LayoutRequest(request.sections()).layout();
        return addHall(caller, id, request.name(), layout, LayoutRules.check(layout));
    }

    /** Makes a hall from a CSV file, see {@link LayoutCsv}; errors name the line. */
    @PostMapping(path = "/{id}/halls/import", consumes = "text/csv")
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<HallResponse> importHall(
            Caller caller,
            @PathVariable String id,
            @RequestParam @NotBlank @Size(max = 100) @Pattern(regexp = EventRequests.ONE_LINE) String name,
            @RequestBody String csv) {
        return Mono.fromSupplier(() -> LayoutCsv.parse(Objects.requireNonNull(EventRequests.text(csv))))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(parsed -> addHall(caller, id, name, parsed.layout(), parsed.errors()));
    }

    private Mono<HallResponse> addHall(
            Caller caller, String venueId, String name, Layout layout, List<FieldProblem> problems) {
        String spelled = Objects.requireNonNull(EventRequests.text(name));
        return sound(problems)
                .then(Mono.defer(() -> own(caller, venueId)))
                .flatMap(venue -> halls.insert(venue.id(), spelled, layout, clock.instant()))
                .map(HallResponse::of);
    }

    @Open
    @GetMapping("/{id}/halls/{hallId}")
    Mono<HallDetail> hall(@PathVariable String id, @PathVariable String hallId) {
        UUID venueId = Ids.uuid(id);
        return halls.find(Ids.uuid(hallId))
                .filter(hall -> hall.venueId().equals(venueId))
                .switchIfEmpty(notFound())
                .flatMap(hall -> halls.layout(hall.layoutId()).map(layout -> HallDetail.of(hall, layout)));
    }

    /** Replaces name and layout. Events that were made in the hall keep the layout they were made with. */
    @PutMapping("/{id}/halls/{hallId}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    Mono<HallResponse> replaceHall(
            Caller caller,
            @PathVariable String id,
            @PathVariable String hallId,
            @Valid @RequestBody HallRequest request) {
        Layout layout = new LayoutRequest(request.sections()).layout();
        String spelled = Objects.requireNonNull(EventRequests.text(request.name()));
        return sound(LayoutRules.check(layout))
                .then(Mono.defer(() -> ownHall(caller, id, hallId)))
                .flatMap(hall -> halls.replace(hall, spelled, layout, clock.instant()))
                .map(HallResponse::of);
    }

    @DeleteMapping("/{id}/halls/{hallId}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> deleteHall(Caller caller, @PathVariable String id, @PathVariable String hallId) {
        return ownHall(caller, id, hallId)
                .flatMap(hall -> halls.delete(hall.id(), clock.instant()))
                .flatMap(VenueController::refuseUnlessDeleted);
    }

    private static Mono<Void> sound(List<FieldProblem> problems) {
        return problems.isEmpty()
                ? Mono.empty()
                : Mono.error(Problem.of(CommonProblem.VALIDATION_FAILED)
                        .errors(problems)
                        .asException());
    }

    private Mono<Halls.Hall> ownHall(Caller caller, String venueId, String hallId) {
        return own(caller, venueId)
                .flatMap(venue -> halls.find(Ids.uuid(hallId))
                        .filter(hall -> hall.venueId().equals(venue.id())))
                .switchIfEmpty(notFound());
    }

    private Mono<Venue> own(Caller caller, String id) {
        return venues.find(Ids.uuid(id))
                .filter(venue -> caller.role() == Role.ADMIN
                        || venue.ownerId().toString().equals(caller.userId()))
                .switchIfEmpty(notFound());
    }

    private static Mono<Void> refuseUnlessDeleted(boolean deleted) {
        return deleted
                ? Mono.empty()
                : Mono.error(Problem.of(CatalogProblem.IN_USE).asException());
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(Problem.of(CommonProblem.NOT_FOUND).asException());
    }

    @Schema(example = "{\"name\": \"Olympic Hall\", \"address\": \"424 Olympic-ro\", \"city\": \"Seoul\"}")
    record VenueRequest(
            @NotBlank @Size(max = 100) @Pattern(regexp = EventRequests.ONE_LINE)
            String name,

            @NotBlank @Size(max = 200) @Pattern(regexp = EventRequests.ONE_LINE)
            String address,

            @NotBlank @Size(max = 60) @Pattern(regexp = EventRequests.ONE_LINE)
            String city) {

        Venue venue(UUID id, UUID ownerId) {
            return new Venue(
                    id,
                    ownerId,
                    Objects.requireNonNull(EventRequests.text(name)),
                    Objects.requireNonNull(EventRequests.text(address)),
                    Objects.requireNonNull(EventRequests.text(city)));
        }
    }

    @Schema(example = """
                {"name": "Main",
                 "sections": [{"name": "A", "grade": "R", "rows": [{"row": "1", "seats": 10}]}, {"name": "Floor", "grade": "S", "capacity": 500}]}
                """)
    record HallRequest(
            @NotBlank @Size(max = 100) @Pattern(regexp = EventRequests.ONE_LINE)
            String name,

            @NotNull @Size(min = 1, max = 500) @Valid List<LayoutRequest.@NotNull SectionRequest> sections) {}

    record VenueResponse(String id, String name, String address, String city, List<HallResponse> halls) {

        static VenueResponse of(Venue venue, List<Halls.Hall> halls) {
            return new VenueResponse(
                    venue.id().toString(),
                    venue.name(),
                    venue.address(),
                    venue.city(),
                    halls.stream().map(HallResponse::of).toList());
        }
    }

    /** A hall without its layout. */
    record HallResponse(String id, String venueId, String name, int seats, List<String> grades) {

        static HallResponse of(Halls.Hall hall) {
            return new HallResponse(
                    hall.id().toString(), hall.venueId().toString(), hall.name(), hall.seats(), hall.grades());
        }
    }

    /** A hall with its layout. */
    record HallDetail(
            String id, String venueId, String name, int seats, List<String> grades, List<Layout.Section> sections) {

        static HallDetail of(Halls.Hall hall, Layout layout) {
            return new HallDetail(
                    hall.id().toString(),
                    hall.venueId().toString(),
                    hall.name(),
                    hall.seats(),
                    hall.grades(),
                    layout.sections());
        }
    }
}
