package io.onsale.loadtest.demo;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Reply;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.node.ObjectNode;

/** Enters, then asks or listens until the pass is there. Loses no place over a restart: it comes back with its place token. */
final class WaitInLine {

    private static final Duration FIRST_KNOWN = Duration.ofSeconds(20);

    private final Visitor visitor;
    private volatile String placeToken = "";
    private volatile long pollAfterMillis = 2_000;

    WaitInLine(Visitor visitor) {
        this.visitor = visitor;
    }

    /** The pass; ends the journey when the line does. */
    Mono<String> pass() {
        long began = System.nanoTime();
        return enter().doOnNext(reply -> visitor.tally.entered.increment())
                .flatMap(first -> isOver(first.text("state"))
                        ? Mono.just(first)
                        : visitor.happens(visitor.crowd.streams()) ? listen() : ask())
                .flatMap(this::passOrEnd)
                .doOnNext(pass -> visitor.tally.waited(System.nanoTime() - began));
    }

    /** The waiting room hears of a new event within moments: until then it does not know it. */
    private Mono<Reply> enter() {
        ObjectNode body = Json.object().put("eventId", visitor.stage.eventId());
        if (!placeToken.isEmpty()) {
            body.put("placeToken", placeToken);
        }
        return visitor.post("enter", "/queue/enter", body)
                .flatMap(reply -> reply.code().equals("EVENT_NOT_FOUND") ? Mono.error(new NotYet()) : Mono.just(reply))
                .retryWhen(Retry.fixedDelay(FIRST_KNOWN.toSeconds(), Duration.ofSeconds(1))
                        .filter(NotYet.class::isInstance))
                .doOnNext(this::remember);
    }

    private Mono<Reply> ask() {
        return Mono.defer(() -> Mono.delay(pause()).then(status()))
                .repeat()
                .filter(reply -> isOver(reply.text("state")) || !reply.ok())
                .next();
    }

    private Duration pause() {
        return Duration.ofMillis(pollAfterMillis + visitor.random.nextLong(Math.max(1, pollAfterMillis / 5)));
    }

    private Mono<Reply> status() {
        return visitor.get("status", "/queue/status?eventId=" + visitor.stage.eventId())
                .flatMap(reply -> reply.code().equals("NOT_IN_LINE")
                                || reply.text("state").equals("EXPIRED")
                        ? enter()
                        : Mono.just(reply))
                .doOnNext(this::remember);
    }

    /** Listens, and on a broken stream looks where it stands before it listens again. */
    private Mono<Reply> listen() {
        return visitor.api().raw().stream(visitor.request("stream", "/queue/stream?eventId=" + visitor.stage.eventId()))
                .transform(WaitInLine::messages)
                .filter(message -> message.event.equals("admitted") || message.event.equals("closed"))
                .next()
                .then(Mono.defer(this::status))
                .onErrorResume(failure -> Mono.delay(visitor.about(1_000)).then(status()))
                .repeat()
                .filter(reply -> isOver(reply.text("state")) || !reply.ok())
                .next();
    }

    private record Message(String event, String data) {}

    private static Flux<Message> messages(Flux<String> lines) {
        return lines.bufferUntil(String::isEmpty).map(block -> {
            String event = "message";
            StringBuilder data = new StringBuilder();
            for (String line : block) {
                if (line.startsWith("event:")) {
                    event = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring("data:".length()).strip());
                }
            }
            return new Message(event, data.toString());
        });
    }

    private void remember(Reply reply) {
        String token = reply.text("placeToken");
        if (!token.isEmpty()) {
            placeToken = token;
        }
        pollAfterMillis = reply.body().path("pollAfterMillis").asLong(2_000);
    }

    private static boolean isOver(String state) {
        return state.equals("ADMITTED") || state.equals("CLOSED");
    }

    private Mono<String> passOrEnd(Reply reply) {
        String pass = reply.text("pass");
        if (!pass.isEmpty()) {
            return Mono.just(pass);
        }
        boolean closed = reply.text("state").equals("CLOSED") || reply.code().equals("SALE_CLOSED");
        return Mono.error(new Ending.Reached(
                closed
                        ? Ending.of(Ending.Kind.SOLD_OUT)
                        : Ending.because(
                                Ending.Kind.UNSERVED, "line: " + reply.summary() + " " + reply.text("state"))));
    }

    private static final class NotYet extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotYet() {
            super("the waiting room does not know the event yet", null, false, false);
        }
    }
}
