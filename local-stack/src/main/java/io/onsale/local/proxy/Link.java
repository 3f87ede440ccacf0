package io.onsale.local.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One listening port and the store behind it. */
final class Link {

    private static final String HOST = "127.0.0.1";

    private final String name;
    private final int port;
    private final int target;
    private final EventLoopGroup loops;
    private final Sender sender;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Trap> traps = new CopyOnWriteArrayList<>();
    private volatile Weather weather = Weather.FINE;

    Link(String name, int port, int target, EventLoopGroup loops, Sender sender) {
        this.name = name;
        this.port = port;
        this.target = target;
        this.loops = loops;
        this.sender = sender;
    }

    void listen() {
        new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accept(client);
                    }
                })
                .bind(HOST, port)
                .syncUninterruptibly();
    }

    private void accept(Channel client) {
        Passage passage = new Passage(this, client);
        channels.add(client);
        new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel store) {
                        channels.add(store);
                    }
                })
                .connect(HOST, target)
                .addListener(connected -> {
                    if (connected.isSuccess()) {
                        passage.open(((io.netty.channel.ChannelFuture) connected).channel());
                    } else {
                        client.close();
                    }
                });
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    Sender sender() {
        return sender;
    }

    Weather weather() {
        return weather;
    }

    void becomes(Weather next) {
        weather = next;
    }

    List<Trap> traps() {
        return traps;
    }

    void set(Trap trap) {
        traps.add(trap);
    }

    /** Fine weather, no traps; every connection is closed, so that none is left that never speaks again. */
    void reset() {
        boolean disturbed = !weather.equals(Weather.FINE) || !traps.isEmpty();
        weather = Weather.FINE;
        traps.clear();
        if (disturbed) {
            channels.close();
        }
    }
}
