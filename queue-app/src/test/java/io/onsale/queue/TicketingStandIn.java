package io.onsale.queue;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.onsale.local.tests.RsaKeys;
import io.onsale.platform.tokens.Role;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** What queue-app needs of the ticketing app: the keys of access tokens, and sale data by HTTP. */
final class TicketingStandIn {
    private static final JsonMapper JSON = new JsonMapper();
    private static final KeyPair KEYS = RsaKeys.make();
    private static final Map<String, Map<String, Object>> EVENTS = new ConcurrentHashMap<>();
    private static final AtomicLong HOLDS = new AtomicLong();
    private static final AtomicLong HOLD_MILLIS = new AtomicLong();
    private static volatile long holdMillis = 20;
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .route(routes -> routes.get(
                            "/.well-known/jwks.json",
                            (request, response) -> response.header("Content-Type", "application/json")
                                    .sendString(Mono.just(JSON.writeValueAsString(jwks()))))
                    .get(
                            "/internal/reservations/hold-pace",
                            (request, response) -> response.header("Content-Type", "application/json")
                                    .sendString(Mono.just(JSON.writeValueAsString(tenMoreHolds()))))
                    .get("/internal/events/{id}/queue-info", (request, response) -> {
                        Map<String, Object> event = EVENTS.get(request.param("id"));
                        return event == null
                                ? response.sendNotFound()
                                : response.header("Content-Type", "application/json")
                                        .sendString(Mono.just(JSON.writeValueAsString(event)));
                    }))
            .bindNow();

    private TicketingStandIn() {}

    /** From now on. */
    static void holdsTake(long millis) {
        holdMillis = millis;
    }

    private static Map<String, Object> tenMoreHolds() {
        return Map.of("answered", HOLDS.addAndGet(10), "totalMillis", HOLD_MILLIS.addAndGet(10 * holdMillis));
    }

    static String url() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    static String accessToken(String userId, Role role) {
        return Jwts.builder()
                .provider(RsaKeys.PROVIDER)
                .header()
                .type("at+jwt")
                .keyId("test")
                .and()
                .issuer("onsale")
                .audience()
                .single("onsale-api")
                .subject(userId)
                .id("token-of-" + userId)
                .claim("role", role.name())
                .issuedAt(new Date())
                .expiration(Date.from(Instant.now().plusSeconds(3600)))
                .signWith(KEYS.getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    /** An event on sale now, with a waiting room. */
    static Map<String, Object> event(String eventId, Map<String, Object> waitingRoom) {
        Map<String, Object> room = new LinkedHashMap<>(
                Map.of("ratePerSecond", 10, "capacity", 50_000, "passSeconds", 600, "mode", "FIFO"));
        room.putAll(waitingRoom);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("eventId", eventId);
        event.put("sellerId", "seller-1");
        event.put("title", "Concert");
        event.put("status", "ON_SALE");
        event.put("saleOpensAt", Instant.now().minusSeconds(60).toString());
        event.put("saleClosesAt", Instant.now().plusSeconds(3600).toString());
        event.put("maxSeatsPerBuyer", 4);
        event.put("performances", List.of());
        event.put("waitingRoom", room);
        event.put("version", 1);
        EVENTS.put(eventId, event);
        return event;
    }

    private static Map<String, Object> jwks() {
        return Map.of(
                "keys",
                List.of(new LinkedHashMap<>(Jwks.builder()
                        .key((RSAPublicKey) KEYS.getPublic())
                        .id("test")
                        .build())));
    }
}
