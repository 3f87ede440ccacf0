package io.onsale.gatling;

/** An ordinary day: many look around, some queue and buy. */
public final class MixedDaySimulation extends Day {

    public MixedDaySimulation() {
        super("mixed-day");
    }
}
