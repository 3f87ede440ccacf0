package io.onsale.ticketing.catalog.web;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Open;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.catalog.events.EventGallery;
import io.onsale.ticketing.catalog.images.ImageStore;
import io.onsale.ticketing.catalog.model.EventImage;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pictures of events: sellers send them as they are, everybody sees them. */
@RestController
class ImageController {
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final EventGallery gallery;
    private final ImageStore store;

    ImageController(EventGallery gallery, ImageStore store) {
        this.gallery = gallery;
        this.store = store;
    }

    /** Adds the picture in the body. Its type is what its bytes say; a poster takes the place of the one before. */
    @PostMapping(
            path = "/api/v1/events/{id}/images",
            consumes = {MediaType.IMAGE_PNG_VALUE, MediaType.IMAGE_JPEG_VALUE, "image/webp"})
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.CREATED)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = {
                @Content(mediaType = "image/png", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/jpeg", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/webp", schema = @Schema(type = "string", format = "binary"))
            })
    Mono<ImageAnswer> add(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "POSTER") EventImage.Kind kind,
            @RequestBody Flux<DataBuffer> body) {
        return gallery.add(caller, Ids.uuid(id), kind, body).map(ImageAnswer::of);
    }

    @DeleteMapping("/api/v1/events/{id}/images/{imageId}")
    @RequireRole({Role.SELLER, Role.ADMIN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(Caller caller, @PathVariable String id, @PathVariable String imageId) {
        return gallery.remove(caller, Ids.uuid(id), Ids.uuid(imageId));
    }

    /** The picture. What has this name never changes, so it may be kept for ever. */
    @Open
    @GetMapping(
            path = "/api/v1/images/{name}",
            produces = {MediaType.IMAGE_PNG_VALUE, MediaType.IMAGE_JPEG_VALUE, "image/webp"})
    @ApiResponse(
            responseCode = "200",
            description = "The picture",
            content = {
                @Content(mediaType = "image/png", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/jpeg", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "image/webp", schema = @Schema(type = "string", format = "binary"))
            })
    Mono<ResponseEntity<Resource>> show(@PathVariable String name) {
        return store.find(name)
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .map(picture -> ResponseEntity.ok()
                        .contentType(typeOf(name))
                        .cacheControl(FOR_EVER)
                        .eTag(name.substring(0, name.indexOf('.')))
                        .header("Content-Disposition", "inline")
                        .header("Cross-Origin-Resource-Policy", "cross-origin")
                        .body(picture));
    }

    private static MediaType typeOf(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "png" -> MediaType.IMAGE_PNG;
            case "jpg" -> MediaType.IMAGE_JPEG;
            default -> MediaType.valueOf("image/webp");
        };
    }

    /**
     * A picture of an event.
     *
     * @param url from the root of this host
     */
    record ImageAnswer(String id, EventImage.Kind kind, String url, int width, int height) {

        static ImageAnswer of(EventImage image) {
            return new ImageAnswer(
                    image.id().toString(), image.kind(), url(image.name()), image.width(), image.height());
        }

        static String url(String name) {
            return "/api/v1/images/" + name;
        }
    }
}
