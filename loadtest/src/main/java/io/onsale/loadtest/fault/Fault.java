package io.onsale.loadtest.fault;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One way in which the world misbehaves.
 *
 * @param expected what must come of it, beside the invariants
 * @param servesAll whether the whole hall must be sold all the same, with nobody left without an answer
 * @param throughProxy whether the proxy between apps and stores is needed
 * @param crowd what the crowd does differently
 * @param settings of the apps in this case, by the environment variables of {@code ./onsale up}
 * @param strike does it and puts the world right again
 */
record Fault(
        String name,
        String expected,
        boolean servesAll,
        boolean throughProxy,
        List<String> crowd,
        Map<String, String> settings,
        Consumer<Strike> strike) {

    static final String ALL_SERVED = "every seat sold, nobody unserved";
    static final String INVARIANTS = "invariants";

    /** The whole hall is sold in the end. */
    static Fault served(String name, Consumer<Strike> strike) {
        return served(name, ALL_SERVED, strike);
    }

    static Fault served(String name, String expected, Consumer<Strike> strike) {
        return new Fault(name, expected, true, false, List.of(), Map.of(), strike);
    }

    /** Some may go home without a ticket, but nothing is broken. */
    static Fault survived(String name, String expected, Consumer<Strike> strike) {
        return new Fault(name, expected, false, false, List.of(), Map.of(), strike);
    }

    Fault byProxy() {
        return new Fault(name, expected, servesAll, true, crowd, settings, strike);
    }

    /** This one, and when its strike is over the other one, into the same crowd. */
    Fault then(Fault other) {
        return new Fault(
                name + ", " + other.name,
                servesAll == other.servesAll ? expected : INVARIANTS,
                servesAll && other.servesAll,
                throughProxy || other.throughProxy,
                crowd,
                settings,
                strike.andThen(other.strike));
    }

    Fault crowd(String... arguments) {
        return new Fault(name, expected, servesAll, throughProxy, List.of(arguments), settings, strike);
    }

    Fault settings(Map<String, String> environment) {
        return new Fault(name, expected, servesAll, throughProxy, crowd, environment, strike);
    }
}
