package io.onsale.loadtest.fault;

import java.time.Duration;
import java.util.List;

/** The log away, empty, shared with a stranger, or fed with nonsense. */
final class KafkaFaults {

    private KafkaFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.served("kafka-down", "tickets are late by as much; " + Fault.ALL_SERVED, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().kill("kafka");
                    Victims.sleep(Duration.ofSeconds(60));
                    strike.victims().up();
                }),
                Fault.served("kafka-wiped", "what no consumer holds is sent again; " + Fault.ALL_SERVED, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().kill("kafka");
                    strike.victims().wipe("kafka");
                    strike.victims().up();
                }),
                Fault.served("kafka-rebalance", strike -> {
                    strike.waitForTheMiddle();
                    int joined = 0;
                    for (int i = 0; i < 6; i++) {
                        joined +=
                                strike.joinGroup("checkout.payments", "payment.events", Duration.ofSeconds(2)) ? 1 : 0;
                        Victims.sleep(Duration.ofMillis(1_000));
                    }
                    Victims.say("came to the group of checkout.payments 6 times, and took partitions from it " + joined
                            + " times");
                    if (joined == 0) {
                        throw new StruckNobodyException("the group gave no partition away");
                    }
                }),
                Fault.served("kafka-poison", "parked for the operator, and nothing behind it waits", strike -> {
                    strike.waitForTheMiddle();
                    strike.poison("payment.events");
                    new ParkedMessages(strike.stack()).giveUp(Strike.POISON);
                }));
    }
}
