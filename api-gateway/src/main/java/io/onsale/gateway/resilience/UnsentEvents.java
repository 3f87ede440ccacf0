package io.onsale.gateway.resilience;

import io.netty.util.ReferenceCountUtil;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives back the events of a stream that its client did not live to read. Each event is flushed by itself, so up to 32 of them line up
 * before a slow client, every one a publisher of a buffer that has been received already. When the client goes, Reactor discards the
 * publishers, and does not know what is inside.
 */
final class UnsentEvents {
    private UnsentEvents() {}

    /** The sending of a stream in groups of buffers. */
    static Mono<Void> givenBack(Mono<Void> sending) {
        return sending.doOnDiscard(Publisher.class, UnsentEvents::giveBack);
    }

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
}
