package io.onsale.ticketing.reservations.web;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.web.Open;
import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.SeatAvailability.Taken;
import io.onsale.ticketing.reservations.seatmap.SeatMap;
import io.onsale.ticketing.reservations.seatmap.SeatMapFeed;
import io.onsale.ticketing.reservations.seatmap.SeatMaps;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which seats are held and sold. The layout itself is the catalogue's and changes seldom. */
@Open
@RestController
@RequestMapping("/api/v1/reservations/seats/{performanceId}")
class SeatMapController {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Offers offers;
    private final SeatMaps maps;
    private final SeatMapFeed feed;

    SeatMapController(Offers offers, SeatMaps maps, SeatMapFeed feed) {
        this.offers = offers;
        this.maps = maps;
        this.feed = feed;
    }

    @GetMapping
    @ApiResponse(
            responseCode = "200",
            description = "The seats",
            content = @Content(schema = @Schema(implementation = SeatMap.class)))
    @ApiResponse(responseCode = "304", description = "As you know it", content = @Content)
    Mono<ResponseEntity<SeatMap>> seats(
            @PathVariable String performanceId,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        return offers.offer(performanceId)
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .zipWith(maps.taken(performanceId))
                .map(both -> answer(both.getT1(), both.getT2(), known));
    }

    private static ResponseEntity<SeatMap> answer(PerformanceOffer offer, Taken taken, @Nullable String known) {
        String tag = "\"" + offer.version() + "." + taken.version() + "\"";
        ResponseEntity.BodyBuilder response = ResponseEntity.status(
                        tag.equals(known) ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .eTag(tag)
                .cacheControl(CacheControl.noCache());
        return tag.equals(known) ? response.build() : response.body(SeatMap.of(offer, taken));
    }

    /** Event {@code seats} with the whole map, then {@code change} with what is held, sold and freed since. */
    @ApiResponse(
            responseCode = "200",
            description = "Events `seats` and `change`",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> stream(@PathVariable String performanceId) {
        Flux<ServerSentEvent<String>> heartbeat = Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                .map(tick -> ServerSentEvent.<String>builder().comment("").build());
        return offers.offer(performanceId)
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .flatMapMany(offer -> feed.follow(performanceId).map(SeatMapController::event))
                .transform(
                        events -> events.publish(shared -> shared.mergeWith(heartbeat.takeUntilOther(shared.then()))));
    }

    private static ServerSentEvent<String> event(SeatMapFeed.Message message) {
        return ServerSentEvent.builder(message.json())
                .event(message.name())
                .id(Long.toString(message.version()))
                .build();
    }
}
