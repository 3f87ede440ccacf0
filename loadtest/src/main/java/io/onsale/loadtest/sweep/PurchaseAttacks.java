package io.onsale.loadtest.sweep;

import static io.onsale.loadtest.sweep.Attacker.post;

import io.onsale.loadtest.Complaint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Passes, keys of requests and reports of payments that are not what they say. */
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
        keys(buyer);
        payments(buyer, stranger, first);
        webhooks();
    }

    private void keys(String buyer) {
        String key = UUID.randomUUID().toString();
        String body = wish(world.id("performanceId"), 1);
        attacker.send(post("/reservations/hold", buyer, body).with("Idempotency-Key", key));
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
        String reservation = Attacker.json(held).path("reservationId").asString("");
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

    private void webhooks() {
        String now = Long.toString(Instant.now().getEpochSecond());
        String guess = "v1," + Base64.getEncoder().encodeToString("no signature".getBytes(StandardCharsets.UTF_8));
        webhook("a report of a payment without a signature", now, "");
        webhook("a report of a payment with a bad signature", now, guess);
        webhook("an old report of a payment", Long.toString(Instant.now().getEpochSecond() - 3_600), guess);
    }

    private void webhook(String name, String timestamp, String signature) {
        attacker.attack(
                name,
                post(
                                "/payments/webhooks/portone",
                                "",
                                "{\"type\": \"Transaction.Paid\", \"data\": {\"paymentId\": \"" + world.id("payments")
                                        + "\"}}")
                        .with("webhook-id", "msg_attack")
                        .with("webhook-timestamp", timestamp)
                        .with("webhook-signature", signature),
                401,
                "WEBHOOK_REFUSED");
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
