package io.onsale.gateway.resilience;

import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Gives back the events of a stream that its client did not live to read. Each event is flushed by itself, so up to 32 of them line up
 * before a slow client, every one a publisher of a buffer that has been received already. When the client goes, Reactor discards the
 * publishers, and does not know what is inside.
 *
 * <p>Events arrive on the thread of the service's connection and are handed over on the client's, which is also the one that hears of its
 * hanging up: an event that comes just then would otherwise get behind everybody who looks for something to give back.
 */
final class UnsentEvents {
    /** Events that may wait between the threads. */
    private static final int PREFETCH = 8;

    private UnsentEvents() {}

    /** Writes a stream in groups of buffers and leaves none behind. */
    static Mono<Void> write(ServerHttpResponse answer, Publisher<? extends Publisher<? extends DataBuffer>> events) {
        return answer.writeAndFlushWith(Flux.from(events).publishOn(clientThread(answer), PREFETCH))
                .doOnDiscard(Publisher.class, UnsentEvents::giveBack);
    }

    private static ClientThread clientThread(ServerHttpResponse answer) {
        HttpServerResponse connected = ServerHttpResponseDecorator.getNativeResponse(answer);
        AtomicReference<EventLoop> thread = new AtomicReference<>();
        connected.withConnection(connection -> thread.set(connection.channel().eventLoop()));
        return new ClientThread(Objects.requireNonNull(thread.get()));
    }

    /** Its one buffer is here already, so there is nothing to wait for and nothing that could fail. */
    private static void giveBack(Publisher<?> event) {
        Flux.from(event).subscribe(UnsentEvents::release);
    }

    private static void release(Object part) {
        if (part instanceof DataBuffer buffer) {
            DataBufferUtils.release(buffer);
        } else {
            ReferenceCountUtil.release(part);
        }
    }

    /**
     * Runs all it was given, also what was cancelled meanwhile: that is where Reactor discards what waited. Reactor's own schedulers drop
     * such work, and what waited with it.
     */
    private record ClientThread(EventLoop thread) implements Scheduler {
        @Override
        public Disposable schedule(Runnable work) {
            thread.execute(work);
            return Disposables.disposed();
        }

        @Override
        public Worker createWorker() {
            return new Worker() {
                @Override
                public Disposable schedule(Runnable work) {
                    return ClientThread.this.schedule(work);
                }

                @Override
                public void dispose() {
                    // What was given is run.
                }
            };
        }
    }
}
