package io.onsale.loadtest.bench;

/** One claim and the program that prints its figure. */
interface Bench {

    String name();

    /** In one line: what is measured. */
    String measures();

    Result run(Range range);

    /** Whether it leaves every process alone; the others run only when named. */
    default boolean isPeaceful() {
        return true;
    }
}
