package io.onsale.local.launch;

import io.onsale.local.process.Daemon;
import io.onsale.local.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * An app or the sandbox in a JVM of its own.
 *
 * @param fingerprint where the command and environment it was started with are noted
 * @param health answers 200 when it is ready for work
 */
record JvmService(
        String name,
        List<Integer> ports,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Daemon daemon,
        Path fingerprint,
        URI health)
        implements Service {

    private static final Duration START_PATIENCE = Duration.ofMinutes(4);
    /** Longer than the apps' own graceful shutdown. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    @Override
    public String address() {
        return "http://127.0.0.1:" + ports.get(0);
    }

    @Override
    public Path log() {
        return daemon.log();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return daemon.handle();
    }

    @Override
    public boolean healthy() {
        return daemon.running() && answers();
    }

    @Override
    public boolean outdated() {
        try {
            return !Files.exists(fingerprint) || !Files.readString(fingerprint).equals(settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start(BooleanSupplier cancelled) {
        daemon.start(command, environment, directory);
        try {
            Files.writeString(fingerprint, settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitHealth(cancelled, START_PATIENCE);
    }

    @Override
    public void stop() {
        stop(STOP_PATIENCE);
    }

    /** Whether it ran and went by itself. */
    boolean stop(Duration patience) {
        return daemon.stop(Signal.TERM, patience);
    }

    private void awaitHealth(BooleanSupplier cancelled, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!answers()) {
            if (!daemon.running()) {
                throw new LaunchFailure(name + " ended while starting.");
            }
            if (cancelled.getAsBoolean()) {
                throw new LaunchFailure(name + " was not waited for.");
            }
            if (System.nanoTime() > deadline) {
                throw new LaunchFailure(
                        name + " does not get ready within " + patience.toMinutes() + " minutes: " + health);
            }
            sleep();
        }
    }

    private boolean answers() {
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(3)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchFailure("interrupted");
        }
    }

    private String settings() {
        return String.join("\n", command) + "\n" + new TreeMap<>(environment);
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchFailure("interrupted");
        }
    }
}
