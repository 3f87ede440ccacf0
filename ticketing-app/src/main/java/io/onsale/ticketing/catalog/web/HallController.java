package io.onsale.ticketing.catalog.web;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.FieldProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Open;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.catalog.model.Layout;
import io.onsale.ticketing.catalog.model.LayoutCsv;
import io.onsale.ticketing.catalog.model.LayoutRules;
import io.onsale.ticketing.catalog.postgres.Halls;
import io.onsale.ticketing.catalog.web.VenueController.HallResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
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

/** Halls of venues; who may change a venue may change its halls. The API's description has them among the venues. */
@RestController
@RequestMapping("/api/v1/venues/{id}/halls")
@Tag(name = "venue-controller")
class HallController {
    private final Halls halls;
    private final OwnVenues own;
    private final Clock clock;

    HallController(Halls halls, OwnVenues own, Clock clock) {
        this.halls = halls;
        this.own = own;
        this.clock = clock;
    }

    @PostMapping
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<HallResponse> createHall(Caller caller, @PathVariable String id, @Valid @RequestBody HallRequest request) {
        Layout layout = new LayoutRequest(request.sections()).layout();
        return addHall(caller, id, request.name(), layout, LayoutRules.check(layout));
    }

    /** Makes a hall from a CSV file, see {@link LayoutCsv}; errors name the line. */
    @PostMapping(path = "/import", consumes = "text/csv")
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
                .then(Mono.defer(() -> own.venue(caller, venueId)))
                .flatMap(venue -> halls.insert(venue.id(), spelled, layout, clock.instant()))
                .map(HallResponse::of);
    }

    @Open
    @GetMapping("/{hallId}")
    Mono<HallDetail> hall(@PathVariable String id, @PathVariable String hallId) {
        UUID venueId = Ids.uuid(id);
        return halls.find(Ids.uuid(hallId))
                .filter(hall -> hall.venueId().equals(venueId))
                .switchIfEmpty(OwnVenues.notFound())
                .flatMap(hall -> halls.layout(hall.layoutId()).map(layout -> HallDetail.of(hall, layout)));
    }

    /** Replaces name and layout. Events that were made in the hall keep the layout they were made with. */
    @PutMapping("/{hallId}")
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

    @DeleteMapping("/{hallId}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> deleteHall(Caller caller, @PathVariable String id, @PathVariable String hallId) {
        return ownHall(caller, id, hallId)
                .flatMap(hall -> halls.delete(hall.id(), clock.instant()))
                .flatMap(OwnVenues::refuseUnlessDeleted);
    }

    private static Mono<Void> sound(List<FieldProblem> problems) {
        return problems.isEmpty()
                ? Mono.empty()
                : Mono.error(Problem.of(CommonProblem.VALIDATION_FAILED)
                        .errors(problems)
                        .asException());
    }

    private Mono<Halls.Hall> ownHall(Caller caller, String venueId, String hallId) {
        return own.venue(caller, venueId)
                .flatMap(venue -> halls.find(Ids.uuid(hallId))
                        .filter(hall -> hall.venueId().equals(venue.id())))
                .switchIfEmpty(OwnVenues.notFound());
    }

    @Schema(name = "VenueHallRequest", example = """
                {"name": "Main",
                 "sections": [{"name": "A", "grade": "R", "rows": [{"row": "1", "seats": 10}]}, {"name": "Floor", "grade": "S", "capacity": 500}]}
                """)
    record HallRequest(
            @NotBlank @Size(max = 100) @Pattern(regexp = EventRequests.ONE_LINE)
            String name,

            @NotNull @Size(min = 1, max = 500) @Valid List<LayoutRequest.@NotNull SectionRequest> sections) {}

    /** A hall with its layout. */
    @Schema(name = "VenueHallDetail")
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
