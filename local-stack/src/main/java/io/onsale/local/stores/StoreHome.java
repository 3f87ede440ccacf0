package io.onsale.local.stores;

import java.nio.file.Path;

/** Where one store keeps its things. */
public record StoreHome(Path data, Path log, Path pidFile) {

    /** All of it under one directory, as a test wants it. */
    static StoreHome under(Path directory) {
        return new StoreHome(directory.resolve("data"), directory.resolve("log"), directory.resolve("pid"));
    }
}
