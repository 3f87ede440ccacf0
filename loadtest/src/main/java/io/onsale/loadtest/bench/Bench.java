package io.onsale.loadtest.bench;

/** One claim and the program that prints its figure. */
interface Bench {

    String name();

    /** In one line: what is measured. */
    String measures();

    Result run(Range range);

    /** Those that kill something, and what takes half an hour, run only when named. */
    default boolean isOneOfAll() {
        return true;
    }
}
