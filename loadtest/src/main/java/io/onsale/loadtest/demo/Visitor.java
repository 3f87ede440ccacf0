package io.onsale.loadtest.demo;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.history.History;
import io.onsale.loadtest.http.PatientApi;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.people.Buyers.Buyer;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** One buyer at the gateway: who they are, what they want, and how they call. */
final class Visitor {

    final Buyer buyer;
    final Stage stage;
    final Crowd crowd;
    final Tally tally;
    final SplittableRandom random;
    private final PatientApi api;
    private final History history;
    private final String base;

    Visitor(Buyer buyer, Stage stage, Crowd crowd, Tally tally, PatientApi api, History history, LocalStack stack) {
        this.buyer = buyer;
        this.stage = stage;
        this.crowd = crowd;
        this.tally = tally;
        this.api = api;
        this.history = history;
        this.base = stack.gateway() + "/api/v1";
        this.random = new SplittableRandom(crowd.seed() * 1_000_003 + buyer.number());
    }

    boolean happens(double share) {
        return random.nextDouble() < share;
    }

    Duration about(long millis) {
        return Duration.ofMillis(millis / 2 + random.nextLong(millis + 1));
    }

    Mono<Reply> get(String step, String path) {
        return send(Request.get(step, base + path));
    }

    Mono<Reply> post(String step, String path, ObjectNode body) {
        return send(Request.post(step, base + path, body));
    }

    /** With a key that stays the same however often it has to be sent. */
    Mono<Reply> postOnce(String step, String path, ObjectNode body) {
        return send(Request.post(step, base + path, body).once(step + "-" + UUID.randomUUID()));
    }

    Mono<Reply> send(Request request) {
        return Mono.defer(() -> {
            Instant asked = Instant.now();
            AtomicBoolean told = new AtomicBoolean();
            return api.send(request.as(buyer.accessToken(), buyer.address()))
                    .doOnNext(reply -> {
                        told.set(true);
                        history.answered(buyer.userId(), request, asked, reply);
                    })
                    .doFinally(end -> {
                        if (!told.get()) {
                            history.unanswered(buyer.userId(), request, asked);
                        }
                    });
        });
    }

    /** Not the gateway: the payment window, which knows no account. */
    Mono<Reply> press(String step, String url) {
        return api.send(Request.post(step, url, Json.object()));
    }

    Request request(String step, String path) {
        return Request.get(step, base + path).as(buyer.accessToken(), buyer.address());
    }

    Mono<Reply> delete(String step, String path) {
        return send(Request.delete(step, base + path));
    }

    String url(String path) {
        return base + path;
    }

    PatientApi api() {
        return api;
    }
}
