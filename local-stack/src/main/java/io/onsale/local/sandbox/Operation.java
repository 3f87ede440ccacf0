package io.onsale.local.sandbox;

import java.util.List;

/** What one request does, inside one transaction of the book. */
interface Operation {

    /** Adds its events and answers; throws a {@link Refusal} before it adds anything. */
    Answer run(Book.Transaction transaction);

    /**
     * An operation with what faults are matched by.
     *
     * @param ids every id that a fault may name this payment by
     * @param keyed whether it honours PortOne's {@code Idempotency-Key}
     * @param declined what it does when the bank says no
     */
    record Named(String name, List<String> ids, boolean keyed, Operation work, Operation declined) {

        static Named plain(String name, List<String> ids, Operation work) {
            return new Named(name, ids, false, work, work);
        }
    }
}
