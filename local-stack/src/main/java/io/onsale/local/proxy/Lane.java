package io.onsale.local.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** One direction of a passage: what went in first comes out first, however long each piece is held up. On one event loop. */
final class Lane {

    private record Piece(ByteBuf bytes, long due) {}

    private final Queue<Piece> waiting = new ArrayDeque<>();

    /** Takes the bytes over. */
    void send(Channel to, ByteBuf bytes, long delayNanos) {
        if (delayNanos == 0 && waiting.isEmpty()) {
            to.writeAndFlush(bytes);
            return;
        }
        waiting.add(new Piece(bytes, System.nanoTime() + delayNanos));
        if (waiting.size() == 1) {
            deliverWhenDue(to);
        }
    }

    private void deliverWhenDue(Channel to) {
        Piece first = waiting.peek();
        if (first != null) {
            long wait = Math.max(0, first.due - System.nanoTime());
            to.eventLoop().schedule(() -> deliver(to), wait, TimeUnit.NANOSECONDS);
        }
    }

    private void deliver(Channel to) {
        Piece first = waiting.peek();
        while (first != null && first.due - System.nanoTime() <= 0) {
            to.write(first.bytes);
            waiting.remove();
            first = waiting.peek();
        }
        to.flush();
        deliverWhenDue(to);
    }
}
