package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A merchant's server and a buyer, as small as they can be. */
final class SandboxClient {

    record Reply(int status, ObjectNode body, String text) {
        String type() {
            return body.path("type").asText();
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SandboxProcess sandbox;
    private Duration timeout = Duration.ofSeconds(10);

    SandboxClient(SandboxProcess sandbox) {
        this.sandbox = sandbox;
    }

    SandboxClient patience(Duration limit) {
        timeout = limit;
        return this;
    }

    static String newId() {
        return "pay-" + UUID.randomUUID();
    }

    Reply portOne(String method, String path, String body, String... headers) {
        HttpRequest.Builder builder = request(path)
                .header("Authorization", "PortOne " + SandboxProcess.API_SECRET)
                .header("Content-Type", "application/json");
        return send(headers(builder, headers).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    Reply preRegister(String id, long amount) {
        return portOne(
                "POST",
                "/payments/" + id + "/pre-register",
                "{\"totalAmount\":%d,\"currency\":\"KRW\"}".formatted(amount));
    }

    Reply payment(String id) {
        return portOne("GET", "/payments/" + id, "");
    }

    Reply cancel(String id, String body, String... headers) {
        return portOne("POST", "/payments/" + id + "/cancel", body, headers);
    }

    /** The buyer, without a browser. */
    Reply press(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    Reply get(String path, String... headers) {
        return send(headers(request(path), headers).GET());
    }

    Reply post(String path, String body, String... headers) {
        return send(headers(request(path), headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Reply fault(String json) {
        return post("/faults", json);
    }

    void paid(String id, long amount) {
        preRegister(id, amount);
        press("/checkout/" + id + "/approve");
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path)).timeout(timeout);
    }

    private static HttpRequest.Builder headers(HttpRequest.Builder builder, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            builder.setHeader(headers[i], headers[i + 1]);
        }
        return builder;
    }

    private Reply send(HttpRequest.Builder builder) {
        try {
            HttpResponse<String> response = http.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            ObjectNode body = text.startsWith("{") ? Json.parse(text.getBytes(StandardCharsets.UTF_8)) : Json.object();
            return new Reply(response.statusCode(), body, text);
        } catch (IOException e) {
            return new Reply(0, Json.object(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
