package io.onsale.ticketing.catalog.web;

import io.onsale.platform.Ids;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Open;
import io.onsale.platform.web.Page;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.catalog.postgres.Halls;
import io.onsale.ticketing.catalog.postgres.Venues;
import io.onsale.ticketing.catalog.postgres.Venues.Venue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
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

/** Venues. Every seller may use them; only who made one, and administrators, may change it. */
@RestController
@RequestMapping("/api/v1/venues")
class VenueController {
    private final Venues venues;
    private final Halls halls;
    private final OwnVenues own;
    private final Clock clock;

    VenueController(Venues venues, Halls halls, OwnVenues own, Clock clock) {
        this.venues = venues;
        this.halls = halls;
        this.own = own;
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
                .switchIfEmpty(OwnVenues.notFound())
                .flatMap(venue -> halls.of(venue.id()).collectList().map(found -> VenueResponse.of(venue, found)));
    }

    @PutMapping("/{id}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    Mono<VenueResponse> replace(Caller caller, @PathVariable String id, @Valid @RequestBody VenueRequest request) {
        return own.venue(caller, id)
                .flatMap(venue -> venues.update(request.venue(venue.id(), venue.ownerId())))
                .then(Mono.defer(() -> detail(id)));
    }

    @DeleteMapping("/{id}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Caller caller, @PathVariable String id) {
        return own.venue(caller, id)
                .flatMap(venue -> venues.delete(venue.id(), clock.instant()))
                .flatMap(OwnVenues::refuseUnlessDeleted);
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
}
