package io.onsale.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process in a session of its own, remembered by a pid file: whoever reads that file later (another run of the
 * launcher, the sweep of a test) can stop it as well as the one who started it.
 */
public final class Daemon {

    private final Path pidFile;
    private final Path log;

    public Daemon(Path pidFile, Path log) {
        this.pidFile = pidFile;
        this.log = log;
    }

    public Path log() {
        return log;
    }

    /** Starts the command with its output in the log; the log of the run before is kept as {@code .1}. */
    public ProcessHandle start(List<String> command, Map<String, String> environment, Path directory) {
        if (handle().isPresent()) {
            throw new IllegalStateException("already running: " + pidFile);
        }
        ProcessBuilder builder = new ProcessBuilder(ownSession(command))
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(pidFile.toAbsolutePath().getParent());
            Files.createDirectories(log.toAbsolutePath().getParent());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessHandle process = builder.start().toHandle();
            Pid.of(process).write(pidFile);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0), e);
        }
    }

    /** The living process of the pid file. */
    public Optional<ProcessHandle> handle() {
        return Pid.read(pidFile).flatMap(Pid::alive);
    }

    public boolean running() {
        return handle().isPresent();
    }

    /** Asks with the signal, waits, and kills what has not gone by then; whether it ran and went by itself. */
    public boolean stop(Signal signal, Duration patience) {
        boolean ended = handle().map(process -> stop(process, signal, patience)).orElse(false);
        forget();
        return ended;
    }

    private static boolean stop(ProcessHandle process, Signal signal, Duration patience) {
        Signal.CONT.send(tree(process)); // one that is paused would never see the signal
        signal.send(List.of(process));
        if (ended(process, patience)) {
            return true;
        }
        killTree(process);
        return false;
    }

    /** SIGKILL, to the process and all that it started. */
    public void kill() {
        handle().ifPresent(Daemon::killTree);
        forget();
    }

    public void pause() {
        handle().ifPresent(process -> Signal.STOP.send(tree(process)));
    }

    public void resume() {
        handle().ifPresent(process -> Signal.CONT.send(tree(process)));
    }

    /** The last lines of the log. */
    public List<String> logTail(int lines) {
        try (Stream<String> all = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            List<String> read = all.toList();
            return read.subList(Math.max(0, read.size() - lines), read.size());
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void killTree(ProcessHandle process) {
        List<ProcessHandle> all = tree(process);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> ended(one, Duration.ofSeconds(10)));
    }

    private static List<ProcessHandle> tree(ProcessHandle process) {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(process);
        process.descendants().forEach(all::add);
        return all;
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        Pid pid = Pid.of(process);
        long deadline = System.nanoTime() + patience.toNanos();
        while (pid.alive().isPresent()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                process.onExit().get(20, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // looked at again by the loop's condition
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** A session of its own keeps the terminal's Ctrl-C and hang-up away from it. */
    private static List<String> ownSession(List<String> command) {
        if (!Commands.exists("setsid")) {
            return command;
        }
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        return detached;
    }
}
