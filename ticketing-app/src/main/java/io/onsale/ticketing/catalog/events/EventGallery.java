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
import java.io.ByteArrayOutputStream;
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

    /** Reads to the end even what is too large (the edge bounds it): whoever closes early tears down the answer with the rest. */
    private Mono<byte[]> whole(Flux<DataBuffer> sent) {
        long most = settings.maxBytes().toBytes();
        return sent.collect(ByteArrayOutputStream::new, (whole, chunk) -> take(chunk, whole, most))
                .filter(whole -> whole.size() <= most)
                .map(ByteArrayOutputStream::toByteArray)
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CommonProblem.PAYLOAD_TOO_LARGE).asException()));
    }

    /** What exceeds the limit is counted by one byte and dropped. */
    private static void take(DataBuffer chunk, ByteArrayOutputStream whole, long most) {
        byte[] bytes = new byte[chunk.readableByteCount()];
        chunk.read(bytes);
        DataBufferUtils.release(chunk);
        if (whole.size() <= most) {
            whole.write(bytes, 0, (int) Math.min(bytes.length, most + 1 - whole.size()));
        }
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException());
    }
}
