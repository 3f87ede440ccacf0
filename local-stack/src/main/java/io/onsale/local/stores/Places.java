package io.onsale.local.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Directories that the user a server runs as can reach. */
final class Places {

    /** Where root's servers keep their files when the wanted place is closed to user 65534. */
    private static final Path OPEN = Path.of("/var/tmp/onsale-nobody");

    private Places() {}

    static Path cache() {
        String wanted =
                System.getenv().getOrDefault("ONSALE_CACHE", System.getProperty("user.home") + "/.cache/onsale");
        Path cache = Path.of(wanted).toAbsolutePath();
        return reachable(cache) ? cache : OPEN.resolve("cache");
    }

    static Path data(Path wanted) {
        Path absolute = wanted.toAbsolutePath();
        return reachable(absolute) ? absolute : OPEN.resolve(Integer.toHexString(absolute.hashCode()));
    }

    static void giveTo(Unprivileged user, Path path) throws IOException {
        if (user == Unprivileged.NOBODY) {
            Files.setAttribute(path, "unix:uid", Unprivileged.NOBODY_ID);
            Files.setAttribute(path, "unix:gid", Unprivileged.NOBODY_ID);
        }
    }

    private static boolean reachable(Path wanted) {
        if (Unprivileged.choose() != Unprivileged.NOBODY) {
            return true;
        }
        try {
            for (Path directory = wanted.getParent(); directory != null; directory = directory.getParent()) {
                if (Files.exists(directory)
                        && !Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
