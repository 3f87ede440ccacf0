package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps what benches printed: JSON under {@code .onsale/bench/}, a table at the end of {@code loadtest/RESULTS.md}. */
final class Records {

    private final Path root;
    private final String options;
    private final long seed;

    /** @param options of the command, with a blank before each */
    Records(Path root, String options, long seed) {
        this.root = root;
        this.options = options;
        this.seed = seed;
    }

    void keep(Result result) {
        Instant now = now();
        try {
            Path directory = Files.createDirectories(root.resolve(".onsale/bench"));
            String file = result.bench() + "-" + now.toString().replace(':', '-') + ".json";
            Files.write(directory.resolve(file), JsonMapper.shared().writeValueAsBytes(json(result, now)));
            append(markdown(result, now));
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be kept", e);
        }
    }

    /** What came of several, bar by bar; and which of them had none to show. */
    String table(List<Result> results) {
        StringBuilder text = new StringBuilder("| bench | measure | value | bar | |\n|---|---|---|---|---|\n");
        for (Result result : results) {
            result.rows().stream()
                    .filter(row -> !row.bar().isEmpty())
                    .forEach(row -> text.append("| ")
                            .append(String.join(
                                    " | ", result.bench(), row.measure(), row.value(), row.bar(), row.met()))
                            .append(" |\n"));
        }
        return text.toString();
    }

    /** @param names of the benches, as they were asked for */
    void keep(String names, List<Result> results) {
        try {
            append(heading(names, now()) + table(results));
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be kept", e);
        }
    }

    private void append(String text) throws IOException {
        Path file = root.resolve("loadtest/RESULTS.md");
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private ObjectNode json(Result result, Instant now) {
        ObjectNode json = Json.object()
                .put("bench", result.bench())
                .put("at", now.toString())
                .put("commit", commit())
                .put("command", "./onsale bench " + result.bench() + options)
                .put("machine", machine())
                .put("apps", apps())
                .put("seed", seed);
        ArrayNode rows = json.putArray("rows");
        result.rows()
                .forEach(row -> rows.addObject()
                        .put("measure", row.measure())
                        .put("value", row.value())
                        .put("bar", row.bar())
                        .put("met", row.met()));
        return json;
    }

    private String markdown(Result result, Instant now) {
        StringBuilder text = new StringBuilder(heading(result.bench(), now));
        text.append("| measure | value | bar | |\n|---|---|---|---|\n");
        result.rows()
                .forEach(row -> text.append("| ")
                        .append(String.join(" | ", row.measure(), row.value(), row.bar(), row.met()))
                        .append(" |\n"));
        return text.toString();
    }

    private String heading(String bench, Instant now) {
        return "\n### " + bench + ", " + now + "\n\n`./onsale bench " + bench + options + "`, commit " + commit()
                + ", seed " + seed + ", " + machine() + ", apps run with `" + apps() + "`\n\n";
    }

    /** The options of the JVM of the first queue-app. */
    private String apps() {
        try {
            String pid =
                    line(root.resolve(".onsale/run/queue-1.pid").toString(), "").split("\\s", 2)[0];
            String words = Files.readString(Path.of("/proc", pid, "cmdline"));
            return Arrays.stream(words.split("\0", -1))
                    .takeWhile(word -> !word.equals("-jar"))
                    .filter(word -> word.startsWith("-") && !word.startsWith("-XX:SharedArchiveFile="))
                    .collect(Collectors.joining(" "));
        } catch (IOException e) {
            return "unknown";
        }
    }

    private String commit() {
        String head = run("git", "rev-parse", "--short", "HEAD");
        return head.isEmpty()
                ? "unknown"
                : head
                        + (run("git", "status", "--porcelain", "-uno", ".", ":!loadtest/RESULTS.md")
                                        .isEmpty()
                                ? ""
                                : "+changes");
    }

    private String run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String machine() {
        String load = line("/proc/loadavg", "").split(" ", 2)[0];
        return Runtime.getRuntime().availableProcessors() + " cores ("
                + line("/proc/cpuinfo", "model name").replaceFirst("^model name\\s*:\\s*", "") + "), JDK "
                + Runtime.version().feature() + ", load average " + load + " when it ended";
    }

    private static String line(String file, String prefix) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(prefix)).findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
