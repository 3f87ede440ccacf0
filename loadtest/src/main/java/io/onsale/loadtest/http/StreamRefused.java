package io.onsale.loadtest.http;

/** A stream that was not opened. */
public final class StreamRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Reply reply;

    StreamRefused(Reply reply) {
        super(reply.summary());
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }
}
