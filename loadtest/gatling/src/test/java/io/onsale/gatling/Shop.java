package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Looking, holding, paying. */
final class Shop {

    private static final Duration LONGEST_TICKET = Duration.ofSeconds(60);
    private static final int TRIES = 10;

    private Shop() {}

    static ChainBuilder lookAround() {
        return exec(http("list").get("/events?size=20").check(status().is(200)))
                .pause(1, 2)
                .exec(http("detail").get("/events/" + Stage.eventId()).check(status().is(200)))
                .pause(1, 2)
                .exec(seatMap());
    }

    private static HttpRequestActionBuilder seatMap() {
        return http("seats")
                .get("/reservations/seats/" + Stage.performanceId())
                .check(
                        status().is(200),
                        jsonPath("$.held[*]").findAll().optional().saveAs("held"),
                        jsonPath("$.sold[*]").findAll().optional().saveAs("sold"));
    }

    /** From the line to the ticket. */
    static ChainBuilder journey() {
        return Line.waitInLine()
                .exec(doIf(session -> session.contains("pass"))
                        .then(holdAnySeat(true).exec(buy())));
    }

    /** Each another one. */
    static ChainBuilder holdNextSeat() {
        return exec(session -> session.set("seat", Stage.nextSeat())).exec(holdOnce(false));
    }

    /** One of the best; when somebody was faster, any. */
    static ChainBuilder holdFrontSeat() {
        return exec(session -> session.set("seat", Stage.frontSeat()))
                .exec(holdOnce(false))
                .exec(holdAnySeat(false));
    }

    /** Looks, takes a free seat, looks again when somebody was faster; up to ten times. */
    static ChainBuilder holdAnySeat(boolean withPass) {
        return exec(session -> session.set("tries", 0))
                .exec(asLongAs(session -> !session.contains("reservationId") && session.getInt("tries") < TRIES)
                        .on(exec(session -> session.removeAll("held", "sold").set("tries", session.getInt("tries") + 1))
                                .exec(seatMap())
                                .exec(Shop::chooseSeat)
                                .exec(doIf("#{seat.exists()}")
                                        .then(holdOnce(withPass)
                                                .exec(doIf(session -> !session.contains("reservationId"))
                                                        .then(pause(
                                                                Duration.ofMillis(500), Duration.ofMillis(1_500))))))));
    }

    private static Session chooseSeat(Session session) {
        String seat = Stage.seatBut(seats(session, "held"), seats(session, "sold"));
        return seat == null ? session.remove("seat").set("tries", TRIES) : session.set("seat", seat);
    }

    private static List<String> seats(Session session, String name) {
        return session.contains(name) ? session.getList(name) : List.of();
    }

    /** 409: somebody was faster. */
    private static ChainBuilder holdOnce(boolean withPass) {
        HttpRequestActionBuilder request = http("hold")
                .post("/reservations/hold")
                .header("Idempotency-Key", session -> UUID.randomUUID().toString())
                .body(StringBody(
                        "{\"performanceId\": \"" + Stage.performanceId() + "\", \"seatIds\": [\"#{seat}\"]}"))
                .check(
                        status().in(201, 409),
                        jsonPath("$.reservationId").optional().saveAs("reservationId"),
                        jsonPath("$.paymentToken").optional().saveAs("paymentToken"));
        return exec(withPass ? request.header("Queue-Pass", "#{pass}") : request);
    }

    /** Pays at the sandbox, which is not the system under test, and waits for the ticket. */
    static ChainBuilder buy() {
        ChainBuilder paid = exec(http("pay")
                        .post("/payments")
                        .header("Idempotency-Key", session -> UUID.randomUUID().toString())
                        .body(StringBody(
                                """
                                {"reservationId": "#{reservationId}", "paymentToken": "#{paymentToken}", "provider": "PORTONE"}"""))
                        .check(
                                status().is(201),
                                jsonPath("$.paymentId").saveAs("paymentId"),
                                jsonPath("$.checkout.redirectUrl").saveAs("window")))
                .pause(Duration.ofMillis(500), Duration.ofMillis(1_500))
                .exec(http("sandbox").post("#{window}/approve").silent().check(status().is(200)))
                .exec(http("confirm")
                        .post("/payments/confirm")
                        .header("Idempotency-Key", session -> UUID.randomUUID().toString())
                        .body(StringBody(
                                """
                                {"paymentId": "#{paymentId}", "providerReference": {"paymentId": "#{paymentId}"}}"""))
                        .check(status().in(200, 202)))
                .exec(session -> session.set("paidAt", System.nanoTime()))
                .exec(asLongAs(Shop::waitsForTicket)
                        .on(exec(http("reservation")
                                        .get("/reservations/#{reservationId}")
                                        .check(status().is(200), jsonPath("$.ticketIds[0]")
                                                .optional()
                                                .saveAs("ticketId")))
                                .exec(doIf(session -> !session.contains("ticketId"))
                                        .then(pause(1)))))
                // A request that fails, so that the run does.
                .exec(doIf(session -> !session.contains("ticketId"))
                        .then(exec(http("ticket")
                                .get("/reservations/#{reservationId}")
                                .check(jsonPath("$.ticketIds[0]").exists()))));
        return doIf(session -> session.contains("reservationId")).then(paid);
    }

    private static boolean waitsForTicket(Session session) {
        return !session.contains("ticketId")
                && System.nanoTime() - session.getLong("paidAt") < LONGEST_TICKET.toNanos();
    }
}
