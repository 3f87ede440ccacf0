package io.onsale.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process known by its number and the instant it started, so that a reused number is never taken for it. */
public record Pid(long number, long startedAtMillis) {

    /** The boot time that start instants are reckoned from may be corrected by the clock's keeper. */
    private static final long CLOCK_TOLERANCE_MILLIS = 2_000;

    public static Pid of(ProcessHandle process) {
        return new Pid(process.pid(), startOf(process));
    }

    /** The process this stands for, or empty when it has ended (a zombie has ended). */
    public Optional<ProcessHandle> alive() {
        return ProcessHandle.of(number)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(startOf(process) - startedAtMillis) <= CLOCK_TOLERANCE_MILLIS)
                .filter(process -> !isZombie(number));
    }

    public void write(Path file) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, number + "\n" + startedAtMillis + "\n");
            Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link #write} left in the file; empty when there is none or it is not readable as one. */
    public static Optional<Pid> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(new Pid(Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1))));
        } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static boolean isZombie(long number) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(number), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException | IndexOutOfBoundsException e) {
            return false; // no /proc here, or it has just gone: the handle's own answer stands
        }
    }
}
