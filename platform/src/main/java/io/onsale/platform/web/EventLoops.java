package io.onsale.platform.web;

import reactor.netty.ReactorNetty;

/** The threads that serve connections. */
public final class EventLoops {

    private EventLoops() {}

    /**
     * Lets a thread of its own accept new connections. By default a thread that also serves requests does it, sixteen at a time between
     * two rounds of serving; on a busy machine a crowd that arrives at once waits half a minute for its first byte then, while
     * whoever is connected is served in milliseconds. To be called before anything else in {@code main}.
     */
    public static void acceptApart() {
        if (System.getProperty(ReactorNetty.IO_SELECT_COUNT) == null) {
            System.setProperty(ReactorNetty.IO_SELECT_COUNT, "1");
        }
    }
}
