package io.onsale.loadtest.stack;

import io.onsale.local.ProjectRoot;
import io.onsale.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * All of it, as {@code ./onsale up} starts it, from the apps that this build has packaged; on ports, with secrets and data of its own
 * under {@code target/system}. One for all tests of a JVM, and gone with it.
 */
public final class WholeSystem {
    private static final List<String> MODULES =
            List.of("local-stack", "queue-app", "ticketing-app", "api-gateway", "loadtest");
    /** From the gateway's port to the last of the proxy's. */
    private static final int FIRST_PORT = 8080;

    private static final int LAST_PORT = 8192;

    private static LocalStack running;

    private WholeSystem() {}

    /** Starts it when it does not run yet. */
    public static synchronized LocalStack start() {
        if (running == null) {
            running = new Launch(room(), freeOffset()).up();
        }
        return running;
    }

    /** A directory that looks like a checkout: what was built is linked, what is written stays in it. */
    private static Path room() {
        Path checkout = ProjectRoot.find();
        Path room = checkout.resolve("loadtest/target/system");
        try {
            Files.createDirectories(room);
            for (String module : MODULES) {
                Path link = room.resolve(module);
                if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, checkout.resolve(module));
                }
            }
            return room;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freeOffset() {
        for (int attempt = 0; attempt < 50; attempt++) {
            int offset = 13_000 + 200 * ThreadLocalRandom.current().nextInt(50);
            if (IntStream.rangeClosed(FIRST_PORT + offset, LAST_PORT + offset).allMatch(Ports::isFree)) {
                return offset;
            }
        }
        throw new IllegalStateException("no two hundred free ports in a row");
    }

    private record Launch(Path room, int offset) {

        LocalStack up() {
            run("reset"); // also what a killed run left behind
            Runtime.getRuntime().addShutdownHook(new Thread(() -> run("down"), "system-down"));
            run("up");
            return new LocalStack(room.resolve(".onsale"), offset);
        }

        private void run(String command) {
            Path log = room.resolve(command + ".log");
            ProcessBuilder launcher = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Donsale.root=" + room,
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            room.resolve("local-stack/target/classes") + ":" + room.resolve("local-stack/target/lib")
                                    + "/*",
                            "io.onsale.local.Main",
                            command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            launcher.environment().put("ONSALE_PORT_OFFSET", Integer.toString(offset));
            launcher.environment().put("ONSALE_RECORD_CLASSES", "no"); // it starts once
            try {
                Process process = launcher.start();
                if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                    process.destroy();
                    throw new IllegalStateException("`" + command + "` failed:\n" + Files.readString(log));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
