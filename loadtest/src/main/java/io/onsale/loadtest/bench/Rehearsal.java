package io.onsale.loadtest.bench;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts a second process of a running app as it was started, up to where it would open its port; seconds until it has ended. */
record Rehearsal(String app, List<String> command, Map<String, String> environment) {

    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    static Rehearsal of(LocalStack stack, String app) {
        try {
            Path pidFile = stack.directory().resolve("run").resolve(app + ".pid");
            Path process = Path.of("/proc", Files.readAllLines(pidFile).get(0).strip());
            List<String> command = parts(process.resolve("cmdline"));
            if (command.stream().noneMatch(word -> word.startsWith(ARCHIVE))) {
                throw new Complaint(app + " runs without a class archive");
            }
            Map<String, String> environment = parts(process.resolve("environ")).stream()
                    .map(variable -> variable.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> other));
            return new Rehearsal(app, command, environment);
        } catch (IOException e) {
            throw new Complaint(app + " is not running. Start it with ./onsale up", e);
        }
    }

    private static List<String> parts(Path file) throws IOException {
        return Arrays.stream(Files.readString(file, StandardCharsets.UTF_8).split("\0", -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    double withArchive() {
        return start(command);
    }

    double without() {
        return start(command.stream().filter(word -> !word.startsWith(ARCHIVE)).toList());
    }

    private double start(List<String> words) {
        List<String> whole = new java.util.ArrayList<>(List.of(words.get(0), "-Dspring.context.exit=onRefresh"));
        whole.addAll(words.subList(1, words.size()));
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        try {
            int exit = builder.start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(app + " did not start: exit code " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
