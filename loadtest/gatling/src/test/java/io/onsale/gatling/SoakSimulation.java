package io.onsale.gatling;

/** The mixed day for half an hour, on apps that look for leaks. {@code ./onsale bench soak --load none} beside it weighs their memory. */
public final class SoakSimulation extends Day {

    public SoakSimulation() {
        super("soak");
    }
}
