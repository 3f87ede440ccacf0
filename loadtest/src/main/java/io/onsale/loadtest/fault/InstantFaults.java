package io.onsale.loadtest.fault;

import io.onsale.loadtest.fault.Proxy.Deed;
import java.util.List;

/** SIGKILL at the instants where something is half done. The proxy sees the instant pass and kills whose instant it is. */
final class InstantFaults {

    private InstantFaults() {}

    static List<Fault> all() {
        return List.of(
                at(
                        "kill-after-lua-hold",
                        "redis",
                        Deed.KILL_AFTER,
                        8,
                        strike -> List.of(strike.scriptDigest("ticketing-app", "acquire_seats.lua"))),
                at("kill-after-hold-commit", "postgres", Deed.KILL_AFTER, 8, strike -> List.of("SeatsHeld", "COMMIT")),
                at(
                        "kill-before-capture-commit",
                        "postgres",
                        Deed.KILL_BEFORE,
                        5,
                        strike -> List.of("PaymentSuccess", "COMMIT")),
                at(
                        "kill-after-capture-commit",
                        "postgres",
                        Deed.KILL_AFTER,
                        5,
                        strike -> List.of("PaymentSuccess", "COMMIT")),
                at(
                        "kill-before-ticket-commit",
                        "postgres",
                        Deed.KILL_BEFORE,
                        5,
                        strike -> List.of("TicketsIssued", "COMMIT")),
                at(
                        "kill-before-outbox-mark",
                        "postgres",
                        Deed.KILL_BEFORE,
                        20,
                        strike -> List.of("published_at = clock_timestamp()")),
                at(
                        "kill-mid-admission",
                        "redis",
                        Deed.KILL_AFTER,
                        30,
                        strike -> List.of(strike.scriptDigest("queue-app", "admit_waiting.lua"))));
    }

    private interface Words {
        List<String> in(Strike strike);
    }

    private static Fault at(String name, String link, Deed deed, int about, Words words) {
        return Fault.served(name, strike -> {
                    int skip = strike.random().nextInt(about);
                    strike.proxy().trap(link, words.in(strike), deed, skip, 1);
                    strike.proxy().awaitSprung(1);
                    strike.victims().up();
                })
                .byProxy();
    }
}
