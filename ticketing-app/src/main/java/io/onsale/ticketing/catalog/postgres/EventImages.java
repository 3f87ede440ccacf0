package io.onsale.ticketing.catalog.postgres;

import io.onsale.ticketing.catalog.model.EventImage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Which pictures an event has. */
@Repository
public class EventImages {
    private final DatabaseClient db;

    EventImages(DatabaseClient db) {
        this.db = db;
    }

    /** The poster first, then the others as they came. */
    public Mono<List<EventImage>> of(UUID eventId) {
        return db.sql("""
                        select id, kind, name, width, height from catalog.images where event_id = :event
                        order by kind <> 'POSTER', created_at, id
                        """)
                .bind("event", eventId)
                .map(row -> new EventImage(
                        Rows.uuid(row, "id"),
                        EventImage.Kind.valueOf(Rows.text(row, "kind")),
                        Rows.text(row, "name"),
                        Rows.integer(row, "width"),
                        Rows.integer(row, "height")))
                .all()
                .collectList();
    }

    /** Adds a picture; a poster takes the place of the one before. */
    public Mono<Void> add(UUID eventId, EventImage image, Instant now) {
        Mono<Long> before = image.kind() == EventImage.Kind.POSTER
                ? db.sql("delete from catalog.images where event_id = :event and kind = 'POSTER'")
                        .bind("event", eventId)
                        .fetch()
                        .rowsUpdated()
                : Mono.empty();
        return before.then(db.sql("""
                        insert into catalog.images (id, event_id, kind, name, width, height, created_at)
                        values (:id, :event, :kind, :name, :width, :height, :now)
                        """)
                .bind("id", image.id())
                .bind("event", eventId)
                .bind("kind", image.kind().name())
                .bind("name", image.name())
                .bind("width", image.width())
                .bind("height", image.height())
                .bind("now", now)
                .then());
    }

    /** Takes a picture off the event; false when it has none such. */
    public Mono<Boolean> remove(UUID eventId, UUID imageId) {
        return db.sql("delete from catalog.images where id = :id and event_id = :event")
                .bind("id", imageId)
                .bind("event", eventId)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }
}
