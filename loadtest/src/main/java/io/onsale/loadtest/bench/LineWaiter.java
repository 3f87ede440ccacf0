package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody in line who asks every few seconds, keeps the newest place token, and shows it when the line no longer knows them: what the
 * page of a shop does. No answer, or "not now", is asked again later.
 */
final class LineWaiter {

    private static final long POLL_MILLIS = 2_000;
    private static final int UNTIL_SAID = 30;

    private final Api api;
    private final String queue;
    private final String eventId;
    private final Buyer buyer;
    private volatile String placeToken = "";
    private volatile String pass = "";

    LineWaiter(Api api, String queue, String eventId, Buyer buyer) {
        this.api = api;
        this.queue = queue;
        this.eventId = eventId;
        this.buyer = buyer;
    }

    String userId() {
        return buyer.userId();
    }

    String placeToken() {
        return placeToken;
    }

    /** The pass that was told last, or empty. */
    String pass() {
        return pass;
    }

    /** Shows this token from now on, whosever it is. */
    LineWaiter showing(String token) {
        placeToken = token;
        return this;
    }

    /** Takes a place, as often as needed. */
    Mono<Void> enter() {
        return enterOnce()
                .filter(Reply::ok)
                .repeatWhenEmpty(UNTIL_SAID, tries -> tries.delayElements(Duration.ofMillis(500)))
                .then();
    }

    /** Gives the place up, as often as needed, but keeps the token. */
    Mono<Void> leave() {
        return Mono.defer(() -> send(Request.delete("leave", queue + "/leave?eventId=" + eventId)))
                .filter(Reply::ok)
                .repeatWhenEmpty(UNTIL_SAID, tries -> tries.delayElements(Duration.ofMillis(500)))
                .then();
    }

    /** Asks until let in, or until nobody wants to know any more. */
    Mono<Void> waitFor(BooleanSupplier isOver) {
        return Mono.defer(this::ask)
                .delaySubscription(Mono.defer(LineWaiter::aWhile))
                .repeat(() -> pass.isEmpty() && !isOver.getAsBoolean())
                .then();
    }

    /** Shows the token once more, as a page does that was closed and opened again. */
    Mono<Void> comeBack() {
        pass = "";
        return enter();
    }

    private Mono<Reply> ask() {
        return send(Request.get("status", queue + "/status?eventId=" + eventId))
                .flatMap(reply -> reply.code().equals("NOT_IN_LINE") ? enterOnce() : Mono.just(reply));
    }

    private Mono<Reply> enterOnce() {
        ObjectNode body = Json.object().put("eventId", eventId);
        if (!placeToken.isEmpty()) {
            body.put("placeToken", placeToken);
        }
        return send(Request.post("enter", queue + "/enter", body));
    }

    private Mono<Reply> send(Request request) {
        return api.send(request.as(buyer.accessToken(), buyer.address()))
                .doOnNext(this::note)
                .onErrorResume(noAnswer -> Mono.empty());
    }

    private void note(Reply reply) {
        if (!reply.text("placeToken").isEmpty()) {
            placeToken = reply.text("placeToken");
        }
        if (!reply.text("pass").isEmpty()) {
            pass = reply.text("pass");
        }
    }

    private static Mono<Long> aWhile() {
        return Mono.delay(
                Duration.ofMillis(POLL_MILLIS + ThreadLocalRandom.current().nextLong(POLL_MILLIS)));
    }
}
