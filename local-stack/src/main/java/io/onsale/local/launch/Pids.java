package io.onsale.local.launch;

import io.onsale.local.process.Daemon;
import io.onsale.local.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What runs according to the pid files, whatever it was started as. */
final class Pids {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private Pids() {}

    static List<String> living(StackHome home) {
        if (!Files.isDirectory(home.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.run())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pid"))
                    .map(name -> name.substring(0, name.length() - ".pid".length()))
                    .filter(name -> daemon(home, name).running())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void stop(StackHome home, String name) {
        daemon(home, name).stop(name.equals("postgres") ? Signal.INT : Signal.TERM, PATIENCE);
    }

    static Daemon daemon(StackHome home, String name) {
        return new Daemon(home.pidFile(name), home.log(name));
    }
}
