package io.onsale.loadtest.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How long the provider was at each call about a payment, as its sandbox itself says; it shares this machine's clock. */
final class ProviderTimes {

    private record Taken(Instant from, long micros) {}

    private final Map<String, List<Taken>> byPayment = new HashMap<>();

    private ProviderTimes(JsonNode calls) {
        for (JsonNode call : calls) {
            Instant from = Instant.parse(call.path("at").asString(""));
            byPayment
                    .computeIfAbsent(call.path("paymentId").asString(""), id -> new ArrayList<>())
                    .add(new Taken(from, call.path("micros").asLong(0)));
        }
    }

    /** @param operation as the sandbox calls it */
    static ProviderTimes of(String sandbox, String operation) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox + "/times?operation=" + operation))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            String text = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            return new ProviderTimes(JsonMapper.shared().readTree(text).path("calls"));
        } catch (IOException e) {
            throw new UncheckedIOException("the provider's times cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Of the provider's calls in a call of ours the shortest, 0 where there is none: another may be about a webhook of the same payment,
     * for which nobody waited.
     */
    long microsWithin(Purchase.Asked asked) {
        return byPayment.getOrDefault(asked.paymentId(), List.of()).stream()
                .filter(taken -> !taken.from.isBefore(asked.from())
                        && !taken.from.plusNanos(taken.micros * 1_000).isAfter(asked.to()))
                .mapToLong(Taken::micros)
                .min()
                .orElse(0);
    }
}
