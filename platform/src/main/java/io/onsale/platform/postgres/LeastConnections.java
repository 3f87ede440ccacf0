package io.onsale.platform.postgres;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Event loops of which {@link #next} is the one with the fewest open connections. */
final class LeastConnections extends AbstractEventExecutorGroup implements EventLoopGroup {

    private final EventLoopGroup loops;

    LeastConnections(EventLoopGroup loops) {
        this.loops = loops;
    }

    EventLoopGroup loops() {
        return loops;
    }

    /** Equals are drawn by lot: many connections may be opening that nobody counts yet. */
    @Override
    public EventLoop next() {
        List<EventLoop> best = new ArrayList<>();
        int fewest = Integer.MAX_VALUE;
        for (EventExecutor candidate : loops) {
            EventLoop loop = (EventLoop) candidate;
            int open = connections(loop);
            if (open < fewest) {
                best.clear();
                fewest = open;
            }
            if (open == fewest) {
                best.add(loop);
            }
        }
        return best.get(ThreadLocalRandom.current().nextInt(best.size()));
    }

    private static int connections(EventLoop loop) {
        return loop instanceof SingleThreadEventLoop counted ? counted.registeredChannels() : 0;
    }

    @Override
    public ChannelFuture register(Channel channel) {
        return next().register(channel);
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        return next().register(promise);
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        return next().register(channel, promise);
    }

    @Override
    public Iterator<EventExecutor> iterator() {
        return loops.iterator();
    }

    @Override
    public boolean isShuttingDown() {
        return loops.isShuttingDown();
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        return loops.shutdownGracefully(quietPeriod, timeout, unit);
    }

    @Override
    public Future<?> terminationFuture() {
        return loops.terminationFuture();
    }

    @Override
    @Deprecated
    public void shutdown() {
        loops.shutdownGracefully();
    }

    @Override
    public boolean isShutdown() {
        return loops.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return loops.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return loops.awaitTermination(timeout, unit);
    }
}
