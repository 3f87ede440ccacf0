package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.tryMax;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.sse;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** The steps of a purchase. */
final class Steps {

    private static final Duration LONGEST_TICKET = Duration.ofSeconds(60);

    private Steps() {}

    /** The waiting room hears of a new event within moments: until then it answers 404. */
    static ChainBuilder enter() {
        return tryMax(20)
                .on(pause(Duration.ofMillis(50)).exec(askForAPlace("enter", http("enter")
                        .post("/queue/enter")
                        .body(StringBody("{\"eventId\": \"" + Stage.eventId() + "\"}")))));
    }

    static ChainBuilder askWhereIStand() {
        return exec(askForAPlace("status", http("status").get("/queue/status?eventId=" + Stage.eventId())));
    }

    private static HttpRequestActionBuilder askForAPlace(String step, HttpRequestActionBuilder request) {
        return request.check(
                status().is(200),
                jsonPath("$.state").saveAs("state"),
                jsonPath("$.pollAfterMillis").ofLong().optional().saveAs("pollAfterMillis"),
                jsonPath("$.pass").optional().saveAs("pass"));
    }

    /** Waits as the answers say, until the pass is there or the sale is over. */
    static ChainBuilder waitInLine() {
        return enter().exec(asLongAs(Steps::waits)
                .on(pause(Steps::asTold).exec(askWhereIStand())));
    }

    private static boolean waits(Session session) {
        String state = session.getString("state");
        return state != null && !state.equals("ADMITTED") && !state.equals("CLOSED");
    }

    private static Duration asTold(Session session) {
        return Duration.ofMillis(session.contains("pollAfterMillis") ? session.getLong("pollAfterMillis") : 2_000);
    }

    static ChainBuilder listenUntilAdmitted(Duration longest) {
        return exec(sse("stream")
                        .get("/queue/stream?eventId=" + Stage.eventId())
                        .await(longest)
                        .on(sse.checkMessage("admitted")
                                .matching(regex("\"event\":\"admitted\""))
                                .check(regex("pass"))))
                .exec(sse("close").close());
    }

    static ChainBuilder lookAround() {
        return exec(http("list").get("/events?size=20").check(status().is(200)))
                .pause(1, 2)
                .exec(http("detail").get("/events/" + Stage.eventId()).check(status().is(200)))
                .pause(1, 2)
                .exec(http("seats")
                        .get("/reservations/seats/" + Stage.performanceId())
                        .check(status().is(200)));
    }

    /** Up to ten tries; 409: somebody was faster. */
    static ChainBuilder hold(boolean withPass, Supplier<String> seat) {
        HttpRequestActionBuilder request = http("hold")
                .post("/reservations/hold")
                .header("Idempotency-Key", session -> UUID.randomUUID().toString())
                .body(StringBody(session -> "{\"performanceId\": \"" + Stage.performanceId() + "\", \"seatIds\": [\""
                        + seat.get() + "\"]}"))
                .check(
                        status().in(201, 409),
                        jsonPath("$.reservationId").optional().saveAs("reservationId"),
                        jsonPath("$.paymentToken").optional().saveAs("paymentToken"));
        if (withPass) {
            request = request.header("Queue-Pass", "#{pass}");
        }
        ChainBuilder again = exec(request).exec(doIf(session -> !session.contains("reservationId"))
                .then(exec(session -> session.set("tries", tries(session) + 1)).pause(Duration.ofMillis(700))));
        return asLongAs(session -> !session.contains("reservationId") && tries(session) < 10)
                .on(again);
    }

    private static int tries(Session session) {
        return session.contains("tries") ? session.getInt("tries") : 0;
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
                .exec(http("sandbox").post("#{window}/approve").silent())
                .exec(http("confirm")
                        .post("/payments/confirm")
                        .header("Idempotency-Key", session -> UUID.randomUUID().toString())
                        .body(StringBody(
                                """
                                {"paymentId": "#{paymentId}", "providerReference": {"paymentId": "#{paymentId}"}}"""))
                        .check(status().in(200, 202)))
                .exec(session -> session.set("paidAt", System.nanoTime()))
                .exec(asLongAs(Steps::waitsForTicket)
                        .on(exec(http("reservation")
                                        .get("/reservations/#{reservationId}")
                                        .check(status().is(200), jsonPath("$.ticketIds[0]")
                                                .optional()
                                                .saveAs("ticketId")))
                                .exec(doIf(session -> !session.contains("ticketId"))
                                        .then(pause(1)))));
        return doIf(session -> session.contains("reservationId")).then(paid);
    }

    private static boolean waitsForTicket(Session session) {
        return !session.contains("ticketId")
                && System.nanoTime() - session.getLong("paidAt") < LONGEST_TICKET.toNanos();
    }

    /** From the line to the ticket. */
    static ChainBuilder journey() {
        return waitInLine()
                .exec(doIf(session -> session.contains("pass"))
                        .then(hold(true, Stage::anySeat).exec(buy())));
    }
}
