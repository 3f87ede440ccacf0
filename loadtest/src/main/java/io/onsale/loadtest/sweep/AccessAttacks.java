package io.onsale.loadtest.sweep;

import static io.onsale.loadtest.sweep.Attacker.by;
import static io.onsale.loadtest.sweep.Attacker.get;
import static io.onsale.loadtest.sweep.Attacker.post;

/** Reaching for what belongs to somebody else. */
final class AccessAttacks {
    private final Attacker attacker;
    private final World world;

    AccessAttacks(Attacker attacker, World world) {
        this.attacker = attacker;
        this.world = world;
    }

    void run(String stranger, String strangeSeller, String streamTicket) {
        String reservation = "/reservations/" + world.id("reservations");
        String hold = "/reservations/hold/" + world.id("hold");
        String event = "/events/" + world.id("events");
        notFound("another buyer's reservation", get(reservation, stranger));
        notFound("another buyer's refund quote", get(reservation + "/refund-quote", stranger));
        notFound("another buyer's cancellation", by("DELETE", reservation, stranger));
        notFound(
                "another buyer's partial refund",
                post(reservation + "/refund", stranger, "{\"ticketIds\": [\"" + world.id("tickets") + "\"]}"));
        notFound("another buyer's hold, released", by("DELETE", hold, stranger));
        notFound(
                "another buyer's hold, changed",
                by("PUT", hold, stranger)
                        .with("Content-Type", "application/json")
                        .sending("{\"seatIds\": [\"1-1-9\"]}"));
        notFound("another buyer's payment", get("/payments/" + world.id("payments"), stranger));
        notFound(
                "another buyer's payment, confirmed",
                post("/payments/confirm", stranger, "{\"paymentId\": \"" + world.id("payments") + "\"}"));
        notFound("another buyer's ticket", get("/tickets/" + world.id("tickets"), stranger));
        notFound("another buyer's QR code", get("/tickets/" + world.id("tickets") + "/qr", stranger));
        notFound("another buyer's place in line", get("/queue/status?eventId=" + world.id("lineEventId"), stranger));
        attacker.attack(
                "a stream without a ticket or token",
                get("/queue/stream?eventId=" + world.id("lineEventId"), ""),
                401,
                "");
        attacker.attack(
                "a stream ticket for another event",
                get("/queue/stream?eventId=" + world.id("otherLineEventId") + "&ticket=" + streamTicket, ""),
                401,
                "");
        attacker.attack(
                "a stream ticket in place of an access token", get("/users/me", streamTicket), 401, "TOKEN_INVALID");
        notFound(
                "another seller's event, changed",
                by("PATCH", event, strangeSeller)
                        .with("Content-Type", "application/json")
                        .sending("{\"title\": \"mine\"}"));
        notFound("another seller's event, cancelled", by("POST", event + "/cancel", strangeSeller));
        notFound("another seller's buyers", get(event + "/buyers", strangeSeller));
        notFound(
                "another seller's line, seen",
                get("/queue/admin/stats?eventId=" + world.id("lineEventId"), strangeSeller));
        forbidden("a buyer who makes an event", post("/events", stranger, "{}"));
        forbidden("a buyer who checks tickets in", post("/tickets/check-in", stranger, "{\"code\": \"x\"}"));
        forbidden("a buyer who runs a line", get("/queue/admin/stats?eventId=" + world.id("lineEventId"), stranger));
        forbidden(
                "a buyer who makes himself administrator",
                by("PUT", "/admin/users/" + world.id("users") + "/role", stranger)
                        .with("Content-Type", "application/json")
                        .sending("{\"role\": \"ADMIN\"}"));
        forbidden("a seller who reads parked messages", get("/admin/parked-messages", strangeSeller));
        attacker.attack("a role in the body of a sign-up", post("/auth/register", "", """
                {"email": "sly@example.com", "password": "correct horse battery", "name": "Sly", "termsVersion": "1",
                 "role": "ADMIN"}"""), 400, "VALIDATION_FAILED");
        attacker.attack(
                "a price in the body of a hold",
                post(
                        "/reservations/hold",
                        stranger,
                        "{\"performanceId\": \"" + world.id("performanceId")
                                + "\", \"grade\": \"R\", \"quantity\": 1, \"amount\": 1}"),
                400,
                "VALIDATION_FAILED");
        attacker.attack("a negative quantity", wish(stranger, "-1"), 400, "VALIDATION_FAILED");
        attacker.attack("a quantity that overflows", wish(stranger, "4294967297"), 400, "VALIDATION_FAILED");
        attacker.attack(
                "identity headers in place of a token",
                get("/users/me", "")
                        .with("X-User-Id", world.id("owner"))
                        .with("X-User-Role", "ADMIN")
                        .with("X-Authenticated-User", "admin"),
                401,
                "TOKEN_MISSING");
    }

    private Call wish(String token, String quantity) {
        return post(
                "/reservations/hold",
                token,
                "{\"performanceId\": \"" + world.id("performanceId") + "\", \"grade\": \"R\", \"quantity\": " + quantity
                        + "}");
    }

    private void notFound(String name, Call call) {
        attacker.attack(name, call, 404, "");
    }

    private void forbidden(String name, Call call) {
        attacker.attack(name, call, 403, "FORBIDDEN");
    }
}
