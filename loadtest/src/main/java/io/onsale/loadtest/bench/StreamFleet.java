package io.onsale.loadtest.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import reactor.netty.resources.LoopResources;

/** Thousands of open event streams on one thread: a connection is a few objects, and what it hears is noted, not kept. */
final class StreamFleet implements AutoCloseable {

    /** Being opened at the same time. */
    private static final int OPENING = 16;

    private static final int MOST_TIMES_AGAIN = 3;
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(2);

    private final LoopResources resources = LoopResources.create("fleet", 1, true);
    private final EventLoopGroup loop = resources.onClient(true);
    private final FleetLog log = new FleetLog();

    /** What all of them hear; belongs to the one thread. */
    FleetLog log() {
        return log;
    }

    /** Opens a stream for each of them; who is refused asks again a moment later, as browsers do. Returns when that is over. */
    void open(String baseUrl, String eventId, List<Buyer> buyers) {
        URI base = URI.create(baseUrl);
        List<Buyer> left = openOnce(base, eventId, buyers);
        for (int again = 0; again < MOST_TIMES_AGAIN && !left.isEmpty(); again++) {
            Range.pause(BEFORE_AGAIN);
            left = openOnce(base, eventId, left);
        }
    }

    /** Who was refused. */
    private List<Buyer> openOnce(URI base, String eventId, List<Buyer> buyers) {
        Queue<Buyer> refused = new ConcurrentLinkedQueue<>();
        Semaphore turns = new Semaphore(OPENING);
        for (Buyer buyer : buyers) {
            take(turns, 1);
            byte[] request = request(base, eventId, buyer);
            new Bootstrap()
                    .group(loop)
                    .channel(resources.onChannelClass(SocketChannel.class, loop))
                    .option(ChannelOption.SO_RCVBUF, 8_192)
                    .handler(new ChannelInitializer<io.netty.channel.Channel>() {
                        @Override
                        protected void initChannel(io.netty.channel.Channel channel) {
                            channel.pipeline().addLast(new StreamEar(request, log, isOpen -> {
                                if (!isOpen) {
                                    refused.add(buyer);
                                }
                                turns.release();
                            }));
                        }
                    })
                    .connect(base.getHost(), base.getPort())
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            log.failed();
                            refused.add(buyer);
                            turns.release();
                        }
                    });
        }
        take(turns, OPENING);
        return List.copyOf(refused);
    }

    private static void take(Semaphore turns, int count) {
        try {
            if (!turns.tryAcquire(count, 60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("streams do not open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] request(URI base, String eventId, Buyer buyer) {
        String text = "GET /api/v1/queue/stream?eventId=" + eventId + " HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + buyer.accessToken()
                + "\r\nX-Forwarded-For: " + buyer.address() + "\r\n\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        resources.disposeLater().block();
    }
}
