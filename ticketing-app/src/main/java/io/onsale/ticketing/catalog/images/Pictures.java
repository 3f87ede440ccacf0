package io.onsale.ticketing.catalog.images;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.catalog.CatalogProblem;
import io.onsale.ticketing.catalog.model.EventImage;
import io.onsale.ticketing.catalog.model.Picture;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes in pictures: only what is one, of a size that a phone can show, under a name that nobody chose. */
@Component
public class Pictures {
    private final ImageStore store;
    private final ImageSettings settings;

    Pictures(ImageStore store, ImageSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** Keeps the picture; {@code IMAGE_UNREADABLE}, {@code IMAGE_TOO_LARGE}. */
    public Mono<EventImage> keep(EventImage.Kind kind, byte[] bytes) {
        return Mono.fromCallable(() -> checked(kind, bytes))
                .subscribeOn(Schedulers.boundedElastic())
                .delayUntil(image -> store.put(image.name(), bytes));
    }

    private EventImage checked(EventImage.Kind kind, byte[] bytes) {
        if (bytes.length > settings.maxBytes().toBytes()) {
            throw tooLarge().asException();
        }
        Picture picture = Picture.of(bytes)
                .orElseThrow(() -> Problem.of(CatalogProblem.IMAGE_UNREADABLE).asException());
        boolean fits = picture.width() <= settings.maxSide()
                && picture.height() <= settings.maxSide()
                && picture.pixels() <= settings.maxPixels();
        if (!fits) {
            throw tooLarge().asException();
        }
        String name = sha256(bytes) + '.' + picture.format().ending();
        return new EventImage(Ids.nextUuid(), kind, name, picture.width(), picture.height());
    }

    private Problem tooLarge() {
        return Problem.of(CatalogProblem.IMAGE_TOO_LARGE)
                .with("maxBytes", settings.maxBytes().toBytes())
                .with("maxSide", settings.maxSide())
                .with("maxPixels", settings.maxPixels());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
