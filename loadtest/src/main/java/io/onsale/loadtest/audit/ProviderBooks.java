package io.onsale.loadtest.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the provider itself says was taken and given back, by the merchant's payment id. */
public record ProviderBooks(Map<String, Entry> entries) {

    public record Entry(String id, long captured, int captures, long refunded, Instant changedAt) {

        long kept() {
            return captured - refunded;
        }
    }

    /** Reads the sandbox's ledger. */
    public static ProviderBooks of(String sandbox) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox + "/ledger"))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (JsonNode payment :
                    JsonMapper.shared().readTree(response.body()).path("payments")) {
                Entry entry = new Entry(
                        payment.path("orderId").asString(""),
                        payment.path("captured").asLong(0),
                        payment.path("captures").asInt(0),
                        payment.path("refunded").asLong(0),
                        Instant.parse(payment.path("changedAt").asString("")));
                entries.merge(entry.id, entry, ProviderBooks::sum);
            }
            return new ProviderBooks(entries);
        } catch (IOException e) {
            throw new IllegalStateException("the provider's ledger cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** KakaoPay may see one order of ours in several transactions. */
    private static Entry sum(Entry a, Entry b) {
        return new Entry(
                a.id,
                a.captured + b.captured,
                a.captures + b.captures,
                a.refunded + b.refunded,
                a.changedAt.isAfter(b.changedAt) ? a.changedAt : b.changedAt);
    }
}
