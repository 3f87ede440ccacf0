package io.onsale.loadtest.bench;

import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** CPU seconds of the system's processes and of this one, from {@code /proc}. */
final class Processes {

    private static final double TICKS_PER_SECOND = 100;

    private final Path run;

    Processes(LocalStack stack) {
        this.run = stack.directory().resolve("run");
    }

    /** Seconds used so far, by service name; "generator" is this process. PostgreSQL counts with its children. */
    Map<String, Double> cpuSeconds() {
        Map<String, Double> seconds = new TreeMap<>();
        try (Stream<Path> files = Files.list(run)) {
            files.filter(file -> file.toString().endsWith(".pid")).forEach(file -> {
                String name = file.getFileName().toString().replaceFirst("\\.pid$", "");
                pid(file).ifPresent(pid -> seconds.put(name, ofTree(pid)));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        seconds.put("generator", of(ProcessHandle.current().pid()));
        return seconds;
    }

    /** What has used less since than before was started anew, and counts from there. */
    static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> used = new TreeMap<>();
        after.forEach((name, seconds) -> {
            double until = before.getOrDefault(name, 0.0);
            used.put(name, seconds < until ? seconds : seconds - until);
        });
        return used;
    }

    private static java.util.OptionalLong pid(Path file) {
        try {
            String first = Files.readString(file).strip().split("\\s", 2)[0];
            return first.matches("\\d+")
                    ? java.util.OptionalLong.of(Long.parseLong(first))
                    : java.util.OptionalLong.empty();
        } catch (IOException e) {
            return java.util.OptionalLong.empty();
        }
    }

    private static double ofTree(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> of(pid)
                        + process.descendants()
                                .mapToDouble(child -> of(child.pid()))
                                .sum())
                .orElse(0.0);
    }

    /** Fields 14 to 17 of the status line (its own and those of children that have ended), counted behind the program's name in brackets. */
    private static double of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return IntStream.rangeClosed(11, 14)
                            .mapToLong(i -> Long.parseLong(fields[i]))
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }
}
