package io.onsale.gatling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Found from the working directory upwards: the checkout with its {@code .onsale}. */
final class Files {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Files() {}

    static JsonNode read(String path) {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            Path file = at.resolve(path);
            if (java.nio.file.Files.exists(file)) {
                try {
                    return JSON.readTree(file.toFile());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new IllegalStateException("there is no " + path + " in or above " + start + ": ./onsale stage makes one");
    }
}
