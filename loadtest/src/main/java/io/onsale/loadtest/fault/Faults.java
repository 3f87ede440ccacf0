package io.onsale.loadtest.fault;

import java.time.Duration;
import java.util.List;

/** The scripted cases. */
final class Faults {

    private static final String ALL_SERVED = "every seat sold, nobody unserved";
    private static final String INVARIANTS = "invariants";

    private Faults() {}

    static List<Fault> all() {
        return List.of(
                app("kill-ticketing", "ticketing"),
                app("kill-queue", "queue"),
                new Fault("kill-gateway", ALL_SERVED, true, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().kill("gateway");
                    strike.victims().up();
                }),
                new Fault("pause-ticketing", ALL_SERVED, true, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims()
                            .pause(strike.victims().instances("ticketing").get(0), Duration.ofSeconds(20));
                }),
                new Fault("pause-queue", ALL_SERVED, true, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().pause(strike.victims().instances("queue").get(0), Duration.ofSeconds(20));
                }),
                new Fault("redis-stopped", "503 while it is away, then " + ALL_SERVED, true, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().pause("redis", Duration.ofSeconds(10));
                }),
                new Fault("redis-killed", "the line survives by its log; " + ALL_SERVED, true, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().kill("redis");
                    strike.victims().up();
                }),
                new Fault(
                        "redis-wiped",
                        "the line comes back in order by its place tokens; " + INVARIANTS,
                        false,
                        strike -> {
                            strike.waitForTheMiddle();
                            strike.victims().kill("redis");
                            strike.victims().wipe("redis");
                            strike.victims().up();
                        }),
                new Fault("redis-script-flush", ALL_SERVED, true, strike -> {
                    strike.waitForTheMiddle();
                    strike.flushScripts();
                }),
                new Fault("postgres-restart", ALL_SERVED, true, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().quit("postgres");
                    Victims.sleep(Duration.ofSeconds(2));
                    strike.victims().up();
                }),
                new Fault("kafka-down", "tickets are late by as much; " + ALL_SERVED, true, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().kill("kafka");
                    Victims.sleep(Duration.ofSeconds(60));
                    strike.victims().up();
                }),
                new Fault("kafka-poison", "parked, and nothing behind it waits", true, strike -> {
                    strike.waitForTheMiddle();
                    strike.poison("payment.events");
                }),
                provider(
                        "provider-slow",
                        "{\"kind\":\"SLOW\",\"operation\":\"portone.get\",\"delayMillis\":3000,\"times\":40}"),
                provider("provider-500", "{\"kind\":\"ERROR_500\",\"operation\":\"portone.get\",\"times\":20}"),
                provider("provider-drops", "{\"kind\":\"DROP\",\"operation\":\"portone.get\",\"times\":20}"),
                provider("webhook-repeated", "{\"kind\":\"WEBHOOK_REPEAT\",\"times\":-1}"),
                provider("webhook-early", "{\"kind\":\"WEBHOOK_EARLY\",\"times\":-1}"),
                provider("webhook-never", "{\"kind\":\"WEBHOOK_NEVER\",\"times\":-1}"),
                provider("webhook-disorder", "{\"kind\":\"WEBHOOK_OUT_OF_ORDER\",\"times\":40}"),
                provider("webhook-forged", "{\"kind\":\"WEBHOOK_BAD_SIGNATURE\",\"times\":-1}"));
    }

    private static Fault app(String name, String app) {
        return new Fault(name, ALL_SERVED, true, strike -> {
            strike.waitForTheMiddle();
            List<String> instances = strike.victims().instances(app);
            strike.victims().kill(instances.get(strike.random().nextInt(instances.size())));
            strike.victims().up();
        });
    }

    private static Fault provider(String name, String fault) {
        return new Fault(name, ALL_SERVED, true, strike -> strike.provider(fault));
    }
}
