package io.onsale.local.stores;

import io.onsale.local.process.Daemon;
import io.onsale.local.process.Pid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A temporary directory that belongs to this JVM. Its servers are killed and it is deleted when the JVM ends; what a
 * JVM that was itself killed left behind is swept by the next one.
 */
final class JvmScope {

    private static final Path ALL =
            Path.of(System.getProperty("java.io.tmpdir"), "onsale-stores-" + System.getProperty("user.name"));
    private static final Path MINE = create();
    private static final List<Store> STORES = new ArrayList<>();
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private JvmScope() {}

    static Path directory(String name) {
        return make(MINE.resolve(name + "-" + COUNTER.incrementAndGet()));
    }

    static void discardAtExit(Store store) {
        synchronized (STORES) {
            STORES.add(store);
        }
    }

    private static Path create() {
        make(ALL);
        sweep();
        Pid self = Pid.of(ProcessHandle.current());
        Path mine = make(ALL.resolve(self.number() + "-" + self.startedAtMillis()));
        self.write(mine.resolve("owner"));
        Runtime.getRuntime().addShutdownHook(new Thread(JvmScope::close, "test-stores"));
        return mine;
    }

    private static void close() {
        synchronized (STORES) {
            STORES.forEach(Store::discard);
        }
        delete(MINE);
    }

    /** Ends the servers of JVMs that are gone. */
    private static void sweep() {
        try (Stream<Path> directories = Files.list(ALL)) {
            directories.filter(JvmScope::abandoned).forEach(directory -> {
                killServers(directory);
                delete(directory);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean abandoned(Path directory) {
        return Pid.read(directory.resolve("owner"))
                .map(owner -> owner.alive().isEmpty())
                .orElse(false);
    }

    private static void killServers(Path directory) {
        try (Stream<Path> stores = Files.list(directory)) {
            stores.map(store -> store.resolve("pid"))
                    .filter(Files::exists)
                    .forEach(pid -> new Daemon(pid, pid.resolveSibling("log")).kill());
        } catch (IOException e) {
            // another JVM is sweeping the same directory: it finishes the work
        }
    }

    private static Path make(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // a server that is just going still writes, or another JVM deletes too: the next sweep tries again
        }
    }
}
