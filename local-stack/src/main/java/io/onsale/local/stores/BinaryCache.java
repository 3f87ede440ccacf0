package io.onsale.local.stores;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Server binaries out of their jars, once per version and machine; several JVMs may ask at once. */
final class BinaryCache {

    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private BinaryCache() {}

    /** `linux-x86_64` and the like, as the jar of PostgreSQL spells it. */
    static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch");
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        return os + "-" + (arm ? "arm_64" : "x86_64");
    }

    /** The directory that holds `bin/postgres`. */
    static Path postgres(Path cache) {
        String archive = "/postgres-" + platform() + ".txz";
        return once(cache, "postgres-18.6", directory -> {
            try (InputStream jar = resource(archive);
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(jar))) {
                unpack(tar, directory);
            }
        });
    }

    /** The `redis-server` binary. */
    static Path redis(Path cache) {
        String name =
                "/redis-server-7.0.9-" + platform().replace("x86_64", "amd64").replace("arm_64", "arm64");
        return once(cache, "redis-7.0.9", directory -> {
                    Path binary = directory.resolve("redis-server");
                    try (InputStream jar = resource(name)) {
                        Files.copy(jar, binary);
                    }
                    Files.setPosixFilePermissions(binary, EXECUTABLE);
                })
                .resolve("redis-server");
    }

    private static InputStream resource(String name) {
        InputStream stream = BinaryCache.class.getResourceAsStream(name);
        if (stream == null) {
            throw new StoreFailedException("no binary for this machine on the class path: " + name);
        }
        return stream;
    }

    private interface Filler {
        void fill(Path directory) throws IOException;
    }

    private static Path once(Path cache, String name, Filler filler) {
        Path directory = cache.resolve(name);
        if (Files.exists(directory)) {
            return directory;
        }
        try {
            Files.createDirectories(cache);
            try (FileChannel lock = FileChannel.open(
                            cache.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                if (held.isValid() && !Files.exists(directory)) {
                    Path fresh = Files.createTempDirectory(cache, name);
                    Files.setPosixFilePermissions(fresh, EXECUTABLE);
                    filler.fill(fresh);
                    Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + name + " to " + cache, e);
        }
    }

    private static void unpack(TarArchiveInputStream tar, Path directory) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = directory.resolve(entry.getName()).normalize();
            if (!target.startsWith(directory)) {
                throw new IOException("entry leaves the archive: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
                continue;
            }
            Files.createDirectories(target.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, target);
                boolean executable = (entry.getMode() & 0b001_000_000) != 0;
                Files.setPosixFilePermissions(
                        target, executable ? EXECUTABLE : PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
    }
}
