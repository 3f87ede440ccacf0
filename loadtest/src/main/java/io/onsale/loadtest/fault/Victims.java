package io.onsale.loadtest.fault;

import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** The processes of the local stack, and what can be done to them. */
public final class Victims {

    private final LocalStack stack;

    public Victims(LocalStack stack) {
        this.stack = stack;
    }

    /** SIGKILL: no chance to finish anything. */
    public void kill(String service) {
        signal(service, "KILL");
        say("killed " + service);
    }

    /** SIGSTOP for a while: alive for the others, but silent; past leases and time-outs. */
    void pause(String service, Duration duration) {
        signal(service, "STOP");
        say("stopped " + service + " for " + duration.toSeconds() + " s");
        sleep(duration);
        signal(service, "CONT");
        say("continued " + service);
    }

    /** PostgreSQL's immediate shutdown: as a crash, with recovery at the next start. */
    void quit(String service) {
        signal(service, "QUIT");
        say("shut " + service + " down immediately");
    }

    /** SIGTERM, and waits until it has finished what it was doing and is gone. */
    void end(String service) {
        ProcessHandle process = process(service);
        process.destroy();
        try {
            process.onExit().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(service + " does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        say("ended " + service);
    }

    /** {@code ./onsale up}: starts what is missing, and restarts what has other settings than now. */
    public void up() {
        up(Map.of());
    }

    /** From then on until {@code ./onsale down}. */
    void upThroughProxy() {
        up(Map.of(), "--through-proxy");
    }

    /** {@code ./onsale down}. */
    public void down() {
        launcher("down", Map.of(), List.of());
        say("stopped everything");
    }

    /** @param more environment, with settings for this case */
    void up(Map<String, String> more, String... arguments) {
        launcher("up", more, List.of(arguments));
        say("started what was missing");
    }

    private void launcher(String command, Map<String, String> more, List<String> arguments) {
        Path root = Objects.requireNonNull(stack.directory().getParent());
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(root.resolve("onsale").toString(), command).directory(root.toFile());
            builder.command().addAll(arguments);
            builder.environment().putAll(more);
            builder.environment().put("ONSALE_PORT_OFFSET", Integer.toString(stack.offset()));
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("./onsale " + command + " failed:\n" + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything that a store has on disk, while it is down. */
    public void wipe(String dataDirectory) {
        Path directory = stack.directory().resolve("data").resolve(dataDirectory);
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .filter(path -> !path.equals(directory))
                    .forEach(path -> path.toFile().delete());
            say("wiped " + dataDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> instances(String app) {
        try (var files = Files.list(stack.directory().resolve("run"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(app + "-\\d+\\.pid"))
                    .map(name -> name.replace(".pid", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String service, String name) {
        ProcessHandle process = process(service);
        try {
            List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
            // A quitting PostgreSQL ends its own children; all other signals mean the whole service.
            if (!name.equals("QUIT")) {
                process.descendants().map(child -> Long.toString(child.pid())).forEach(command::add);
            }
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessHandle process(String service) {
        Path pidFile = stack.directory().resolve("run").resolve(service + ".pid");
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException(service + " is not running"));
        } catch (IOException e) {
            throw new UncheckedIOException(service + " is not running", e);
        }
    }

    static void sleep(Duration duration) {
        Mono.delay(duration).block();
    }

    static void say(String what) {
        System.out.println("    ! " + what);
    }
}
