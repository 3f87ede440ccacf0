package io.onsale.ticketing.catalog.images;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Pictures as files, in 256 directories by the beginning of their names. Several instances share one directory. Files are read and
 * written on threads that may block.
 */
@Component
class FileImageStore implements ImageStore {
    private final Path directory;

    FileImageStore(ImageSettings settings) {
        this.directory = settings.directory().toAbsolutePath().normalize();
    }

    @Override
    public Mono<Void> put(String name, byte[] bytes) {
        Path file = file(name);
        return Mono.<Void>fromCallable(() -> {
                    write(file, bytes);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Appears whole or not at all. */
    private static void write(Path file, byte[] bytes) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path shelf = Files.createDirectories(file.resolveSibling(""));
        Path begun = Files.createTempFile(shelf, "begun", ".tmp");
        try {
            Files.write(begun, bytes);
            try (FileChannel channel = FileChannel.open(begun, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(begun);
        }
    }

    @Override
    public Mono<Resource> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Mono.empty();
        }
        Path file = file(name);
        return Mono.fromCallable(() -> Files.isRegularFile(file))
                .subscribeOn(Schedulers.boundedElastic())
                .filter(Boolean::booleanValue)
                .map(found -> new FileSystemResource(file));
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a picture");
        }
        return directory.resolve(name.substring(0, 2)).resolve(name);
    }
}
