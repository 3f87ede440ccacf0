package io.onsale.loadtest.fault;

import java.util.List;
import java.util.Map;

/** Payment providers that are slow, wrong, silent, or tell their story in the wrong order. */
final class ProviderFaults {

    /** Holds of seconds instead of minutes, so that a run sees them end. */
    private static final Map<String, String> SHORT_HOLDS =
            Map.of("ONSALE_SETTINGS_TICKETING", "ONSALE_RESERVATIONS_LENGTH=12s;ONSALE_RESERVATIONS_PAYINGGRACE=8s");

    private ProviderFaults() {}

    static List<Fault> all() {
        return List.of(
                provider(
                        "provider-slow",
                        "{\"kind\":\"SLOW\",\"operation\":\"portone.get\",\"delayMillis\":3000,\"times\":40}"),
                provider("provider-500", "{\"kind\":\"ERROR_500\",\"operation\":\"portone.get\",\"times\":20}"),
                provider("provider-drops", "{\"kind\":\"DROP\",\"operation\":\"portone.get\",\"times\":20}"),
                provider(
                                "provider-charged-timeout",
                                "{\"kind\":\"TIMEOUT_AFTER\",\"operation\":\"kakaopay.approve\",\"times\":8}")
                        .crowd("--kakaopay=1"),
                provider(
                                "provider-charged-drops",
                                "{\"kind\":\"DROP_AFTER\",\"operation\":\"kakaopay.approve\",\"times\":15}")
                        .crowd("--kakaopay=1"),
                Fault.survived(
                                "success-after-expiry",
                                "a ticket if the seats are still free, else all the money back",
                                strike -> Victims.say("a third of the buyers pay when their hold has ended"))
                        .crowd("--late=0.35")
                        .settings(SHORT_HOLDS),
                Fault.survived(
                                "refund-before-capture",
                                "both in the books, once each; " + Fault.INVARIANTS,
                                strike -> strike.provider("{\"kind\":\"WEBHOOK_OUT_OF_ORDER\",\"times\":-1}"))
                        .crowd("--returned=0.5"),
                provider("webhook-repeated", "{\"kind\":\"WEBHOOK_REPEAT\",\"times\":-1}"),
                provider("webhook-early", "{\"kind\":\"WEBHOOK_EARLY\",\"times\":-1}"),
                provider("webhook-never", "{\"kind\":\"WEBHOOK_NEVER\",\"times\":-1}"),
                provider("webhook-disorder", "{\"kind\":\"WEBHOOK_OUT_OF_ORDER\",\"times\":40}"),
                provider("webhook-forged", "{\"kind\":\"WEBHOOK_BAD_SIGNATURE\",\"times\":-1}"));
    }

    private static Fault provider(String name, String fault) {
        return Fault.served(name, strike -> strike.provider(fault));
    }
}
