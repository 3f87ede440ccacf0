package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.sse;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.Set;

/** Waiting in line. */
final class Line {

    private static final int UNTIL_KNOWN = 20;
    private static final Set<String> OVER = Set.of("ADMITTED", "CLOSED");

    private Line() {}

    /** The waiting room hears of a new event within moments: until then it answers 404. 409: the sale is closed. */
    static ChainBuilder enter() {
        return exec(session -> session.removeAll("state", "pass").set("enters", 0))
                .exec(asLongAs(Line::isUnknown)
                        .on(exec(place(enterOnce().check(status().in(200, 404, 409))))
                                .exec(session -> session.set("enters", session.getInt("enters") + 1))
                                .exec(doIf(Line::isUnknown).then(pause(1)))))
                // A request that fails, so that the run does.
                .exec(doIf(Line::isNowhere)
                        .then(exec(place(enterOnce().check(status().is(200))))));
    }

    private static HttpRequestActionBuilder enterOnce() {
        return http("enter")
                .post("/queue/enter")
                .body(StringBody("{\"eventId\": \"" + Stage.eventId() + "\"}"));
    }

    private static boolean isUnknown(Session session) {
        return isNowhere(session) && session.getInt("enters") < UNTIL_KNOWN;
    }

    /** Not in line, though the sale is not closed. */
    private static boolean isNowhere(Session session) {
        boolean closed = session.contains("code") && "SALE_CLOSED".equals(session.getString("code"));
        return !closed && !session.contains("state");
    }

    /** Who is no longer known there enters again. */
    static ChainBuilder askWhereIStand() {
        return exec(place(http("status")
                        .get("/queue/status?eventId=" + Stage.eventId())
                        .check(status().in(200, 404), status().saveAs("answered"))))
                .exec(doIf(session -> session.getInt("answered") == 404).then(enter()));
    }

    private static HttpRequestActionBuilder place(HttpRequestActionBuilder request) {
        return request.check(
                jsonPath("$.state").optional().saveAs("state"),
                jsonPath("$.code").optional().saveAs("code"),
                jsonPath("$.pollAfterMillis").ofLong().optional().saveAs("pollAfterMillis"),
                jsonPath("$.pass").optional().saveAs("pass"));
    }

    /** Waits as the answers say, until the pass is there or the sale is over. */
    static ChainBuilder waitInLine() {
        return enter().exec(asLongAs(Line::waits).on(pause(Line::asTold).exec(askWhereIStand())));
    }

    static boolean waits(Session session) {
        return session.contains("state") && !OVER.contains(session.getString("state"));
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
}
