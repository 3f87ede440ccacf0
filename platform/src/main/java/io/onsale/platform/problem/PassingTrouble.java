package io.onsale.platform.problem;

/** Knows failures of a store that is away or overloaded: nothing was done, and the client is asked to come again (503). */
@FunctionalInterface
public interface PassingTrouble {
    /** Whether this failure will pass by itself. */
    boolean is(Throwable error);
}
