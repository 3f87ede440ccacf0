package io.onsale.platform.connections;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection whose peer owes an answer and sends nothing. A half-open connection tells nobody that it is dead: without this
 * whoever borrows it waits until the kernel gives up, a quarter of an hour later, and a pool full of such connections is an outage.
 * Belongs where every request is answered within a known time.
 */
public final class SilenceGuard extends ChannelDuplexHandler {
    private static final Logger log = LoggerFactory.getLogger(SilenceGuard.class);
    private static final int CHECKS_PER_LIMIT = 5;

    private final long limitNanos;
    /** When the oldest request went out that nothing came back for; meaningful while {@link #owed}. */
    private long since;

    private boolean owed;
    private @Nullable Future<?> checks;

    /** @param limit longer than the slowest answer */
    public SilenceGuard(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        long period = limitNanos / CHECKS_PER_LIMIT;
        checks = context.executor().scheduleAtFixedRate(() -> check(context), period, period, TimeUnit.NANOSECONDS);
        super.channelActive(context);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (!owed) {
            owed = true;
            since = System.nanoTime();
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        owed = false;
        super.channelRead(context, message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (checks != null) {
            checks.cancel(false);
        }
        super.channelInactive(context);
    }

    private void check(ChannelHandlerContext context) {
        if (owed && System.nanoTime() - since > limitNanos) {
            log.warn("Nothing came back on {} for {}: closing it", context.channel(), Duration.ofNanos(limitNanos));
            context.close();
        }
    }
}
