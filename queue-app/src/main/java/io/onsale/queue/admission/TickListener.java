package io.onsale.queue.admission;

import io.onsale.queue.waiting.Line;

/** Hears every tick of every line on this instance; must not block. */
public interface TickListener {

    /** Whether the admissions of this line are wanted. */
    boolean wantsAdmissions(Line line);

    /** A tick came back. */
    void ticked(Line line, Tick tick);
}
