package io.onsale.loadtest.history;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.stack.LocalStack;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
 * {@code unknown}: it may have happened or not. Passes and payment tokens are left out, of lists of seats only their lengths are kept.
 */
public final class History implements AutoCloseable {

    private static final Set<String> STEPS =
            Set.of("enter", "status", "seat map", "hold", "release", "pay", "confirm", "reservation", "return");
    private static final List<String> SECRETS = List.of("pass", "paymentToken", "checkout");
    /** Long; how many there were is kept. */
    private static final List<String> LISTS = List.of("held", "sold");

    /**
     * @param event whose crowd it was
     * @param asked when it was sent first; it happened, if at all, between then and {@code at}
     * @param at when the answer came, or hope was given up
     * @param outcome the status, or {@code unknown}
     */
    public record Entry(
            String event,
            Instant asked,
            Instant at,
            String userId,
            String step,
            String path,
            String outcome,
            JsonNode body) {

        public boolean is(String aStep, String anOutcome) {
            return step.equals(aStep) && outcome.equals(anOutcome);
        }

        public String text(String field) {
            return body.path(field).asString("");
        }

        /** Of a call about one thing: its id. */
        public String lastOfPath() {
            return path.substring(path.lastIndexOf('/') + 1);
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

    public void answered(String userId, Request request, Instant asked, Reply reply) {
        ObjectNode body = reply.body() instanceof ObjectNode object ? object.deepCopy() : Json.object();
        body.remove(SECRETS);
        for (String list : LISTS) {
            if (body.path(list).isArray()) {
                body.put(list, body.path(list).size());
            }
        }
        write(userId, request, asked, Integer.toString(reply.status()), body);
    }

    public void unanswered(String userId, Request request, Instant asked) {
        write(userId, request, asked, "unknown", Json.object());
    }

    private void write(String userId, Request request, Instant asked, String outcome, ObjectNode body) {
        if (!STEPS.contains(request.step())) {
            return;
        }
        ObjectNode line = Json.object()
                .put("asked", asked.toString())
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
                String event = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
                if (eventId.isEmpty() || event.equals(eventId)) {
                    wholeLines(file).forEach(line -> entries.add(entry(event, line)));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A crowd that was killed leaves half a line behind. */
    private static Stream<String> wholeLines(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines();
    }

    private static Entry entry(String event, String line) {
        JsonNode json = JsonMapper.shared().readTree(line);
        return new Entry(
                event,
                // Nobody knows when what was written down without it was asked.
                Instant.parse(json.path("asked").asString(Instant.EPOCH.toString())),
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
