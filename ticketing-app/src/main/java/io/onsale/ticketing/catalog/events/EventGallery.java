package io.onsale.ticketing.catalog.events;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.ticketing.catalog.CatalogProblem;
import io.onsale.ticketing.catalog.images.ImageSettings;
import io.onsale.ticketing.catalog.images.Pictures;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.EventImage;
import io.onsale.ticketing.catalog.postgres.EventImages;
import java.time.Clock;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The pictures of an event. They are not frozen when sales begin: they bind nobody. */
@Service
public class EventGallery {
    private final EventEditor editor;
    private final EventViews views;
    private final Pictures pictures;
    private final EventImages images;
    private final ImageSettings settings;
    private final Clock clock;

    EventGallery(
            EventEditor editor,
            EventViews views,
            Pictures pictures,
            EventImages images,
            ImageSettings settings,
            Clock clock) {
        this.editor = editor;
        this.views = views;
        this.pictures = pictures;
        this.images = images;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Adds the picture that is being sent; {@code NOT_FOUND} for somebody else's event, before anything is read,
     * {@code PAYLOAD_TOO_LARGE}, {@code IMAGE_*}.
     */
    public Mono<EventImage> add(Caller caller, UUID eventId, EventImage.Kind kind, Flux<DataBuffer> sent) {
        return views.find(eventId)
                .filter(view -> EventEditor.mayChange(caller, view.event()))
                .switchIfEmpty(notFound())
                .flatMap(view -> whole(sent))
                .flatMap(bytes -> pictures.keep(kind, bytes))
                .flatMap(image -> editor.amend(caller, eventId, before -> hang(before, image))
                        .thenReturn(image));
    }

    /** Takes a picture off the event. Its bytes stay: another event may show them. */
    public Mono<Void> remove(Caller caller, UUID eventId, UUID imageId) {
        return editor.amend(
                        caller,
                        eventId,
                        before -> images.remove(eventId, imageId)
                                .filter(Boolean::booleanValue)
                                .switchIfEmpty(notFound())
                                .thenReturn(before))
                .then();
    }

    private Mono<Event> hang(Event event, EventImage image) {
        return images.of(event.id())
                .filter(present ->
                        present.stream().filter(each -> !replaces(image, each)).count() < settings.maxPerEvent())
                .switchIfEmpty(Mono.error(() -> Problem.of(CatalogProblem.IMAGE_LIMIT)
                        .with("max", settings.maxPerEvent())
                        .asException()))
                .then(images.add(event.id(), image, clock.instant()))
                .thenReturn(event);
    }

    private static boolean replaces(EventImage added, EventImage present) {
        return added.kind() == EventImage.Kind.POSTER && present.kind() == EventImage.Kind.POSTER;
    }

    private Mono<byte[]> whole(Flux<DataBuffer> sent) {
        int most = (int) settings.maxBytes().toBytes();
        return DataBufferUtils.join(sent, most)
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CatalogProblem.IMAGE_UNREADABLE).asException()));
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException());
    }
}
