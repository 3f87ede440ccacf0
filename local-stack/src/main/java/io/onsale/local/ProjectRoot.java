package io.onsale.local;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that this code runs from: where child JVMs find their classes and `.onsale/` lives. */
public final class ProjectRoot {

    private ProjectRoot() {}

    /** Looks upwards from the working directory, or from `-Donsale.root`. */
    public static Path find() {
        Path start = Path.of(System.getProperty("onsale.root", "")).toAbsolutePath();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve("local-stack/pom.xml"))) {
                return directory;
            }
        }
        throw new IllegalStateException("not inside a checkout of onsale: " + start);
    }
}
