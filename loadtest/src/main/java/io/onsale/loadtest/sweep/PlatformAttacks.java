package io.onsale.loadtest.sweep;

import static io.onsale.loadtest.sweep.Attacker.get;
import static io.onsale.loadtest.sweep.Attacker.post;

import io.onsale.loadtest.stack.LocalStack;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Doors that must not be there, and requests that two programs could read differently. */
final class PlatformAttacks {
    private final Attacker attacker;
    private final LocalStack stack;

    PlatformAttacks(Attacker attacker, LocalStack stack) {
        this.attacker = attacker;
        this.stack = stack;
    }

    void run(String eventId, String token) {
        closed("internal paths through the gateway", "/internal/events/" + eventId + "/queue-info");
        closed("internal paths behind dots", "/api/v1/events/../../internal/events/" + eventId + "/queue-info");
        closed("internal paths behind encoded slashes", "/api/v1/events/..%2f..%2finternal%2fevents");
        closed("internal paths behind a doubled slash", "//internal/events/" + eventId + "/queue-info");
        closed("actuator through the gateway", "/actuator/env");
        closed("actuator behind the prefix", "/api/v1/actuator/health");
        closed("another path behind a semicolon", "/api/v1/events;/../../actuator/env");
        inside("a service called without its credential", "");
        inside("a service called with a guessed credential", "guess-guess-guess-guess-guess-guess-guess");
        Attacker past = past(stack.ticketingApp(1));
        Answer direct = past.send(get("/users/me", "").with("X-User-Id", "admin"));
        attacker.check("a service called past the gateway with identity headers", direct.status() == 401, direct);
        Answer actuator = past.send(Call.of("GET", "/actuator/env"));
        attacker.check("actuator on a service's own port", actuator.status() == 404, actuator);
        sizes(token);
        smuggling();
        Answer cors = attacker.send(get("/events", "").with("Origin", "https://evil.example"));
        attacker.check(
                "a stranger's page",
                cors.status() == 403 && !cors.headers().containsKey("access-control-allow-origin"),
                cors);
        Answer fault = attacker.send(get("/events/%00", ""));
        attacker.check("an error that tells of the inside", fault.status() < 500, fault);
        secrets();
    }

    /** Comes last: by now everything has been written down that will be. */
    private void secrets() {
        Set<String> found = new SecretsInLogs(stack).find(attacker.loot().secrets());
        attacker.check(
                "secrets in logs",
                found.isEmpty(),
                new Answer(0, Map.of(), found.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private void closed(String name, String target) {
        attacker.attack(name, Call.of("GET", target), 404, "NOT_FOUND");
    }

    private void inside(String name, String key) {
        Call call = Call.of("GET", "/internal/events/01980000-0000-7000-8000-000000000001/queue-info");
        Answer answer = past(stack.ticketingApp(1)).send(key.isEmpty() ? call : call.with("Internal-Key", key));
        attacker.check(name, answer.status() == 401, answer);
    }

    private static Attacker past(String service) {
        return new Attacker(new Wire("127.0.0.1", URI.create(service).getPort()));
    }

    private void sizes(String token) {
        Answer head = attacker.send(get("/events", "").with("X-Padding", "x".repeat(20_000)));
        attacker.check("a head of 20 KB", head.status() == 431, head);
        Answer body = attacker.send(post("/reservations/hold", token, "{\"a\": \"" + "x".repeat(2 << 20) + "\"}"));
        attacker.check("a body of 2 MB", body.status() == 413, body);
        Answer login = attacker.send(post("/auth/login", "", "{\"email\": \"" + "x".repeat(12 << 10) + "\"}"));
        attacker.check("credentials of 12 KB", login.status() == 413, login);
        Answer address = attacker.send(get("/events?q=" + "x".repeat(20_000), ""));
        attacker.check("an address of 20 KB", address.status() == 414 || address.status() == 431, address);
    }

    private void smuggling() {
        Call two = post("/auth/login", "", "{}").with("Transfer-Encoding", "chunked");
        Answer both = attacker.send(two);
        attacker.check("a body of two lengths (Content-Length and chunked)", both.status() >= 400, both);
        Answer twice = attacker.send(post("/auth/login", "", "{}").with("Content-Length", "5"));
        attacker.check("two different Content-Lengths", twice.status() == 400 || twice.status() == 0, twice);
        Answer spaced = attacker.send(Call.of("GET", "/api/v1/events").with("Transfer-Encoding ", "chunked"));
        attacker.check("a header name with a space", spaced.status() == 400 || spaced.status() == 0, spaced);
    }
}
