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
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps what benches printed: JSON under {@code .onsale/bench/}, a table at the end of {@code loadtest/RESULTS.md}. */
final class Records {

    private final Path root;
    private final long seed;

    Records(Path root, long seed) {
        this.root = root;
        this.seed = seed;
    }

    void keep(Result result) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            Path directory = Files.createDirectories(root.resolve(".onsale/bench"));
            String file = result.bench() + "-" + now.toString().replace(':', '-') + ".json";
            Files.write(directory.resolve(file), JsonMapper.shared().writeValueAsBytes(json(result, now)));
            Files.writeString(
                    root.resolve("loadtest/RESULTS.md"),
                    markdown(result, now),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be kept", e);
        }
    }

    private ObjectNode json(Result result, Instant now) {
        ObjectNode json = Json.object()
                .put("bench", result.bench())
                .put("at", now.toString())
                .put("commit", commit())
                .put("machine", machine())
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
        StringBuilder text = new StringBuilder();
        text.append("\n### ").append(result.bench()).append(", ").append(now).append("\n\n");
        text.append("`./onsale bench ")
                .append(result.bench())
                .append("`, commit ")
                .append(commit());
        text.append(", seed ").append(seed).append(", ").append(machine()).append("\n\n");
        text.append("| measure | value | bar | |\n|---|---|---|---|\n");
        result.rows()
                .forEach(row -> text.append("| ")
                        .append(String.join(" | ", row.measure(), row.value(), row.bar(), row.met()))
                        .append(" |\n"));
        return text.toString();
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
