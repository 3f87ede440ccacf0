package io.onsale.loadtest.bench;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Seller;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.fault.Victims;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.PatientApi;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers;
import io.onsale.loadtest.people.Buyers.Buyer;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * Where a bench shoots: the running system, with people and events made to order.
 *
 * @param pairs how many pairs of A and B
 * @param slice how long A or B runs at a time
 * @param arrivals a second, where a crowd comes; 0: the bench decides
 * @param shoppers a second, where people buy beside a crowd
 * @param soak how long one soaks
 * @param bringsLoad whether the soak has a load of its own
 */
record Range(
        LocalStack stack, int pairs, Duration slice, int arrivals, int shoppers, Duration soak, boolean bringsLoad) {

    /** The line may be as long as a bench needs. */
    static final int LINE_CAPACITY = 1_000_000;

    String api() {
        return stack.gateway() + "/api/v1";
    }

    /** The names of an app's running instances. */
    List<String> instances(String app) {
        return new Victims(stack).instances(app);
    }

    List<String> gatewayAnd(String app) {
        List<String> names = new ArrayList<>(List.of("gateway"));
        names.addAll(instances(app));
        return names;
    }

    List<Buyer> buyers(int count) {
        say("making " + count + " buyers with signed tokens");
        return new Buyers(stack).make(count);
    }

    /** Everybody enters the line, a few at a time. */
    void enter(Stage stage, List<Buyer> people) {
        var body = Json.object().put("eventId", stage.eventId());
        try (Gun gun = new Gun(64)) {
            Volley entered = new ClosedLoad(gun, 32, code -> code == 200).fire(people.size(), i -> {
                Buyer buyer = people.get(i);
                return Shot.post(api() + "/queue/enter", buyer.accessToken(), buyer.address(), body);
            });
            if (entered.errors() > 0) {
                throw new Complaint("Not everybody could enter: " + entered.endings());
            }
            say(entered.good() + " in line");
        }
    }

    /** An event whose sale is open. */
    Stage onSale(int seats, int ratePerSecond) {
        return open(seats, ratePerSecond);
    }

    /** One whose holds need no pass. */
    Stage onSaleWithoutLine(int seats) {
        return open(seats, 0);
    }

    /** The same with nothing to spare: on sale from the moment this answers. */
    Stage onSaleAtOnce(int seats) {
        return putOnSale(seats, 0, Duration.ZERO);
    }

    private Stage open(int seats, int ratePerSecond) {
        Stage stage = putOnSale(seats, ratePerSecond, Duration.ofSeconds(3));
        pause(Duration.between(Instant.now(), stage.opensAt()).plusSeconds(2));
        return stage;
    }

    private Stage putOnSale(int seats, int ratePerSecond, Duration opensIn) {
        try (Api api = new Api(new Steps(), 4)) {
            return Objects.requireNonNull(new Seller(stack, new PatientApi(api, Duration.ofMinutes(1)))
                    .putOnSale(seats, ratePerSecond, LINE_CAPACITY, opensIn)
                    .block(Duration.ofMinutes(2)));
        }
    }

    static void pause(Duration duration) {
        if (!duration.isNegative()) {
            Mono.delay(duration).block();
        }
    }

    static void say(String what) {
        System.out.println("  " + what);
    }
}
