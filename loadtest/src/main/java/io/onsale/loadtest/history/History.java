package io.onsale.loadtest.history;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.stack.LocalStack;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event's crowd, request by request, in {@code .onsale/data/history/<event>.jsonl}. A request without an answer is written down as
 * {@code unknown}: it may have happened or not. Passes and payment tokens are left out.
 */
public final class History implements AutoCloseable {

    private static final Set<String> STEPS =
            Set.of("enter", "status", "hold", "release", "pay", "confirm", "reservation", "return");
    private static final List<String> SECRETS = List.of("pass", "paymentToken", "checkout");

    /** @param outcome the status, or {@code unknown} */
    public record Entry(Instant at, String userId, String step, String path, String outcome, JsonNode body) {

        public boolean is(String aStep, String anOutcome) {
            return step.equals(aStep) && outcome.equals(anOutcome);
        }

        public String text(String field) {
            return body.path(field).asString("");
        }
    }

    private final BufferedWriter out;

    private History(BufferedWriter out) {
        this.out = out;
    }

    public static History of(LocalStack stack, String eventId) {
        try {
            Path directory = Files.createDirectories(directory(stack));
            return new History(Files.newBufferedWriter(directory.resolve(eventId + ".jsonl")));
        } catch (IOException e) {
            throw new UncheckedIOException("the crowd's history cannot be kept", e);
        }
    }

    public void answered(String userId, Request request, Reply reply) {
        ObjectNode body = reply.body() instanceof ObjectNode object ? object.deepCopy() : Json.object();
        body.remove(SECRETS);
        write(userId, request, Integer.toString(reply.status()), body);
    }

    public void unanswered(String userId, Request request) {
        write(userId, request, "unknown", Json.object());
    }

    private void write(String userId, Request request, String outcome, ObjectNode body) {
        if (!STEPS.contains(request.step())) {
            return;
        }
        ObjectNode line = Json.object()
                .put("at", Instant.now().toString())
                .put("userId", userId)
                .put("step", request.step())
                .put("path", request.url().replaceFirst("^[a-z]+://[^/]+", ""))
                .put("outcome", outcome);
        line.set("body", body);
        String text = JsonMapper.shared().writeValueAsString(line) + "\n";
        synchronized (out) {
            try {
                out.write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Of one event, or of every event that has one; each client's entries in the order they were told. */
    public static List<Entry> read(LocalStack stack, String eventId) {
        if (!Files.isDirectory(directory(stack))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory(stack))) {
            List<Entry> entries = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (eventId.isEmpty() || file.getFileName().toString().equals(eventId + ".jsonl")) {
                    Files.readAllLines(file).forEach(line -> entries.add(entry(line)));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(String line) {
        JsonNode json = JsonMapper.shared().readTree(line);
        return new Entry(
                Instant.parse(json.path("at").asString()),
                json.path("userId").asString(),
                json.path("step").asString(),
                json.path("path").asString(),
                json.path("outcome").asString(),
                json.path("body"));
    }

    /** Beside the stores' data, so that a reset forgets both. */
    private static Path directory(LocalStack stack) {
        return stack.directory().resolve("data").resolve("history");
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
