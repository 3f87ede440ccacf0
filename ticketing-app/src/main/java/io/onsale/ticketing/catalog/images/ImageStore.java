package io.onsale.ticketing.catalog.images;

import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import reactor.core.publisher.Mono;

/** Where the bytes of pictures are kept. A name says its content (SHA-256), so writing twice is writing once. */
public interface ImageStore {
    /** The only names there are: nothing else gets as far as a path. */
    Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.(png|jpg|webp)");

    /** Keeps the bytes under this name; done when they are safe. */
    Mono<Void> put(String name, byte[] bytes);

    /** The bytes of this name; empty when there are none. */
    Mono<Resource> find(String name);
}
