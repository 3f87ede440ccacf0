package io.onsale.loadtest.fault;

import java.util.function.Consumer;

/**
 * One way in which the world misbehaves.
 *
 * @param expected what must come of it, beside the invariants
 * @param servesAll whether the whole hall must be sold all the same, with nobody left without an answer
 * @param strike does it and puts the world right again
 */
record Fault(String name, String expected, boolean servesAll, Consumer<Strike> strike) {}
