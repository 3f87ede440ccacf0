package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.fault.Victims;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * From {@code ./onsale up} to the first ticket, on a machine that has run it before; and each app's start with the record of its classes
 * against the same start without.
 */
final class StartupBench implements Bench {

    private static final double TO_FIRST_SALE_SECONDS = 30;
    private static final double WITH_RECORD_BAR = 0.6;
    private static final Duration TICKET_WITHIN = Duration.ofSeconds(60);
    private static final List<String> APPS = List.of("queue-1", "ticketing-1", "gateway");

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public boolean isPeaceful() {
        return false;
    }

    @Override
    public String measures() {
        return "from ./onsale up to the first ticket; each app's start with its class archive / without";
    }

    @Override
    public Result run(Range range) {
        Result result = new Result(name());
        for (String app : APPS) {
            Rehearsal rehearsal = Rehearsal.of(range.stack(), app);
            Pairs pairs = Pairs.run(range.pairs(), rehearsal::withArchive, rehearsal::without, Range::say);
            result.ratio(app + ": start with / without class archive", pairs, "s", WITH_RECORD_BAR, false);
        }
        Victims victims = new Victims(range.stack());
        victims.down();
        long began = System.nanoTime();
        victims.up();
        double up = since(began);
        firstTicket(range);
        double sold = since(began);
        return result.claim(
                "from the command to the first ticket",
                String.format("%.1f s (up after %.1f s)", sold, up),
                "<= " + TO_FIRST_SALE_SECONDS + " s",
                sold <= TO_FIRST_SALE_SECONDS);
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void firstTicket(Range range) {
        Stage stage = range.onSaleAtOnce(10);
        Buyer buyer = range.buyers(1).get(0);
        try (Api api = new Api(new Steps(), 2)) {
            new Purchase(api, range.api(), buyer, stage).run().block(TICKET_WITHIN);
        }
    }

    /** One seat, paid at the sandbox. */
    private record Purchase(Api api, String base, Buyer buyer, Stage stage) {

        Mono<Reply> run() {
            ObjectNode seats = Json.object().put("performanceId", stage.performanceId());
            seats.set("seatIds", Json.array(List.of(stage.seatIds().get(0))));
            return post("/reservations/hold", seats)
                    .flatMap(held -> prepare(held)
                            .flatMap(payment -> pay(payment))
                            .flatMap(confirmed -> ticket(held.text("reservationId"))));
        }

        private Mono<Reply> prepare(Reply held) {
            return post(
                    "/payments",
                    Json.object()
                            .put("reservationId", held.text("reservationId"))
                            .put("paymentToken", held.text("paymentToken"))
                            .put("provider", "PORTONE"));
        }

        private Mono<Reply> pay(Reply payment) {
            String window = payment.body().path("checkout").path("redirectUrl").asString("");
            ObjectNode confirmation = Json.object().put("paymentId", payment.text("paymentId"));
            confirmation.putObject("providerReference").put("paymentId", payment.text("paymentId"));
            return api.send(Request.post("approve", window + "/approve", Json.object()))
                    .then(post("/payments/confirm", confirmation));
        }

        private Mono<Reply> ticket(String reservationId) {
            Request ask = Request.get("reservation", base + "/reservations/" + reservationId)
                    .as(buyer.accessToken(), buyer.address());
            return Mono.defer(() -> api.send(ask))
                    .filter(reply -> !reply.body().path("ticketIds").isEmpty())
                    .repeatWhenEmpty(again -> again.delayElements(Duration.ofMillis(100)));
        }

        private Mono<Reply> post(String path, ObjectNode body) {
            return api.send(Request.post(path, base + path, body)
                            .as(buyer.accessToken(), buyer.address())
                            .once(UUID.randomUUID().toString()))
                    .flatMap(reply -> reply.ok()
                            ? Mono.just(reply)
                            : Mono.error(new IllegalStateException(path + ": " + reply.summary())));
        }
    }
}
