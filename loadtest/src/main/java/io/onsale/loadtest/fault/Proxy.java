package io.onsale.loadtest.fault;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Orders for the proxy that {@code ./onsale up --through-proxy} puts between the apps and PostgreSQL and Redis. */
final class Proxy {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What happens to the request that a trap catches, and to who sent it. */
    enum Deed {
        LOSE_REPLY,
        KILL_BEFORE,
        KILL_AFTER
    }

    private final LocalStack stack;

    Proxy(LocalStack stack) {
        this.stack = stack;
    }

    void slow(String link, long millis, long jitterMillis) {
        weather(link, Json.object().put("delayMillis", millis).put("jitterMillis", jitterMillis));
        Victims.say(link + " is " + millis + " to " + (millis + jitterMillis) + " ms further away, each way");
    }

    void lossy(String link, int cutsPerThousand) {
        weather(link, Json.object().put("cutsPerThousand", cutsPerThousand));
        Victims.say(cutsPerThousand + " of 1,000 requests to " + link + " find their connection reset");
    }

    void silent(String link, boolean silent) {
        weather(link, Json.object().put("silent", silent));
        Victims.say(silent ? "nothing passes to or from " + link : "new connections to " + link + " work again");
    }

    /** As it was, for connections that still speak. */
    void clear(String... links) {
        for (String link : links) {
            weather(link, Json.object());
        }
        Victims.say("the network is fine again");
    }

    /** @param words that requests on one connection must say, one after the other, between two ends of transactions */
    void trap(String link, List<String> words, Deed deed, int skip, int times) {
        ObjectNode trap = Json.object()
                .put("link", link)
                .put("deed", deed.name())
                .put("skip", skip)
                .put("times", times);
        trap.set("words", Json.array(words));
        send("POST", "/traps", trap.toString());
        Victims.say("trap: " + deed + " " + times + " x at " + words + " on " + link + " after " + skip);
    }

    void awaitSprung(int times) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long sprung = 0;
        while (sprung < times && System.nanoTime() < end) {
            Victims.sleep(Duration.ofMillis(50));
            sprung = 0;
            for (JsonNode trap : JsonMapper.shared().readTree(send("GET", "/traps", ""))) {
                sprung += trap.path("sprung").asLong();
            }
        }
        if (sprung < times) {
            throw new StruckNobodyException("the trap sprang " + sprung + " times of " + times);
        }
        Victims.say("the trap sprang");
    }

    /** Fine weather, no traps, no dead connections. */
    void well() {
        send("DELETE", "/", "");
    }

    private void weather(String link, ObjectNode weather) {
        send("PUT", "/links/" + link, weather.toString());
    }

    private String send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.proxy() + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the proxy refuses: " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException("there is no proxy: ./onsale up --through-proxy", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "[]";
        }
    }
}
