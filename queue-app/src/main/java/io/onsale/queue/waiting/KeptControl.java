package io.onsale.queue.waiting;

import reactor.core.publisher.Mono;

/** What is kept, outside the store, of the operators' acts: a line without its memory must not open by itself. */
public interface KeptControl {

    /** Whether it has been read: before, nobody here knows whether a line is open, and none is. */
    boolean isKnown();

    /** Version of the newest act on a line that is known here; 0 = none. What scripts compare with what the store knows. */
    long versionOf(Line line);

    /** Completes when the store knows what is known here. */
    Mono<Void> giveBack(Line line);
}
