package io.onsale.platform.postgres;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.onsale.platform.connections.SilenceGuard;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Event loops that share connections evenly. The stock ones do not: a connection opened from one of their threads, as a pool does
 * after its first one, stays on that thread, and taking turns fails where one connection asks for its loop twice.
 */
final class SpreadLoops implements LoopResources {

    private final LoopResources loops;
    private final Duration silence;

    /** @param silence after which a connection that owes an answer is closed */
    SpreadLoops(String name, int threads, Duration silence) {
        this.loops = LoopResources.create(name, threads, true);
        this.silence = silence;
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return loops.onServer(useNative);
    }

    @Override
    public EventLoopGroup onClient(boolean useNative) {
        return new LeastConnections(loops.onServer(useNative));
    }

    @Override
    public <C extends Channel> C onChannel(Class<C> channelType, EventLoopGroup group) {
        C channel = loops.onChannel(channelType, unwrap(group));
        if (channel instanceof SocketChannel) {
            channel.pipeline().addLast(new SilenceGuard(silence));
        }
        return channel;
    }

    @Override
    public <C extends Channel> Class<? extends C> onChannelClass(Class<C> channelType, EventLoopGroup group) {
        return loops.onChannelClass(channelType, unwrap(group));
    }

    private static EventLoopGroup unwrap(EventLoopGroup group) {
        return group instanceof LeastConnections balanced ? balanced.loops() : group;
    }

    @Override
    public boolean daemon() {
        return loops.daemon();
    }

    @Override
    public void dispose() {
        loops.dispose();
    }

    @Override
    public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
        return loops.disposeLater(quietPeriod, timeout);
    }
}
