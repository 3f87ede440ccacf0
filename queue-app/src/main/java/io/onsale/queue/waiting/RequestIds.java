package io.onsale.queue.waiting;

import io.onsale.platform.Ids;
import java.util.concurrent.atomic.AtomicLong;

/** Names requests to the store, so that one sent twice is known as one: this run of the app, and a count. */
final class RequestIds {
    private final String run = Ids.next() + '-';
    private final AtomicLong count = new AtomicLong();

    String next() {
        return run + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
    }
}
