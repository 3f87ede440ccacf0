package io.onsale.loadtest.sweep;

import static io.onsale.loadtest.sweep.Attacker.post;

import io.onsale.loadtest.Complaint;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Passes and keys of requests that are not what they say. */
final class PurchaseAttacks {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Attacker attacker;
    private final World world;

    PurchaseAttacks(Attacker attacker, World world) {
        this.attacker = attacker;
        this.world = world;
    }

    /** Queues and answers the pass. */
    String admitted(String token) {
        String event = world.id("lineEventId");
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            String pass = Attacker.json(attacker.send(post("/queue/enter", token, "{\"eventId\": \"" + event + "\"}")))
                    .path("pass")
                    .asString("");
            if (!pass.isEmpty()) {
                return pass;
            }
            Mono.delay(Duration.ofSeconds(1)).block();
        }
        throw new Complaint("Nobody was admitted to event " + event);
    }

    void run(String buyer, String pass, String stranger) {
        String line = world.id("linePerformanceId");
        attacker.attack("a hold without a pass", hold(buyer, line, ""), 403, "PASS_REQUIRED");
        attacker.attack("somebody else's pass", hold(stranger, line, pass), 403, "PASS_INVALID");
        attacker.attack(
                "a pass for another event", hold(buyer, world.id("otherLinePerformanceId"), pass), 403, "PASS_INVALID");
        attacker.attack("an access token in place of a pass", hold(buyer, line, buyer), 403, "PASS_INVALID");
        attacker.attack(
                "a pass with another signature",
                hold(buyer, line, pass.substring(0, pass.length() - 12) + "AAAAAAAAAAAA"),
                403,
                "PASS_INVALID");
        Answer first = attacker.send(hold(buyer, line, pass));
        attacker.check("(a good hold, for the next ones)", first.status() == 201, first);
        attacker.attack("one pass for two holds", hold(buyer, line, pass), 409, "PASS_IN_USE");
        keys(buyer, stranger);
        payments(buyer, stranger, first);
    }

    private void keys(String buyer, String stranger) {
        String key = UUID.randomUUID().toString();
        String body = wish(world.id("performanceId"), 1);
        Answer own = attacker.send(post("/reservations/hold", buyer, body).with("Idempotency-Key", key));
        Answer others = attacker.send(post("/reservations/hold", stranger, body).with("Idempotency-Key", key));
        attacker.check(
                "somebody else's key, to be shown their reservation",
                !reservation(others).equals(reservation(own)),
                others);
        attacker.attack(
                "a known key with another body",
                post("/reservations/hold", buyer, wish(world.id("performanceId"), 2))
                        .with("Idempotency-Key", key),
                422,
                "IDEMPOTENCY_KEY_REUSED");
        attacker.attack(
                "no key",
                post("/reservations/hold", buyer, body).without("Idempotency-Key"),
                400,
                "IDEMPOTENCY_KEY_MISSING");
    }

    private void payments(String buyer, String stranger, Answer held) {
        String reservation = reservation(held);
        String token = Attacker.json(held).path("paymentToken").asString("");
        attacker.attack("payment of somebody else's hold", pay(stranger, reservation, token), 404, "NOT_FOUND");
        attacker.attack(
                "a payment token for another hold",
                pay(buyer, reservation, world.token("payment")),
                403,
                "PAYMENT_TOKEN_INVALID");
        attacker.attack(
                "a made-up payment token", pay(buyer, reservation, "x".repeat(40)), 403, "PAYMENT_TOKEN_INVALID");
        attacker.attack(
                "a ticket code that was made up",
                post("/tickets/check-in", world.token("staff"), "{\"code\": \"T1.AAAA.BBBB\"}"),
                422,
                "TICKET_CODE_INVALID");
    }

    private static String reservation(Answer answer) {
        return Attacker.json(answer).path("reservationId").asString("");
    }

    private static Call hold(String token, String performance, String pass) {
        Call call = post("/reservations/hold", token, wish(performance, 1));
        return pass.isEmpty() ? call : call.with("Queue-Pass", pass);
    }

    private static String wish(String performance, int quantity) {
        return "{\"performanceId\": \"" + performance + "\", \"grade\": \"R\", \"quantity\": " + quantity + "}";
    }

    private static Call pay(String token, String reservation, String paymentToken) {
        return post(
                "/payments",
                token,
                "{\"reservationId\": \"" + reservation + "\", \"paymentToken\": \"" + paymentToken
                        + "\", \"provider\": \"FREE\"}");
    }

    /** The read-only ticket of somebody's stream. */
    String streamTicket(String token) {
        Answer answer = attacker.send(
                post("/queue/stream-ticket", token, "{\"eventId\": \"" + world.id("lineEventId") + "\"}"));
        return Attacker.json(answer).path("ticket").asString("none");
    }
}
