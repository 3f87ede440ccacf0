package io.onsale.queue.stream;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * One open stream. For each kind of frame it keeps only the latest that was not sent yet: a slow reader gets the truth
 * of now, never a backlog, and costs the same memory as a fast one. One subscriber; thread-safe.
 */
final class LiveStream extends Flux<DataBuffer> implements Subscription {
    private static final AtomicIntegerFieldUpdater<LiveStream> WORK =
            AtomicIntegerFieldUpdater.newUpdater(LiveStream.class, "work");
    private static final AtomicLongFieldUpdater<LiveStream> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(LiveStream.class, "requested");
    private static final AtomicIntegerFieldUpdater<LiveStream> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(LiveStream.class, "closed");

    /** Kinds of frames, in the order in which waiting ones are sent. */
    enum Slot {
        RETRY,
        NOTICE,
        POSITION,
        LINE,
        COMMENT,
        LAST
    }

    private static final int SLOTS = Slot.values().length;

    private final String userId;
    private final DataBufferFactory buffers;
    private final Runnable whenClosed;
    private final AtomicReferenceArray<byte @Nullable []> waiting = new AtomicReferenceArray<>(SLOTS);
    private volatile @Nullable CoreSubscriber<? super DataBuffer> downstream;
    private volatile int work;
    private volatile long requested;
    private volatile int closed;

    /** When its place is read exactly next; touched by the hub's loop alone. What was told last; read by it. */
    private long exactAtNanos = System.nanoTime();

    private volatile long aheadTold;
    private volatile long epochTold;
    private volatile @Nullable String placeToken;
    private volatile long sentAtNanos = System.nanoTime();

    LiveStream(String userId, DataBufferFactory buffers, Consumer<LiveStream> whenClosed) {
        this.userId = userId;
        this.buffers = buffers;
        this.whenClosed = () -> whenClosed.accept(this);
    }

    String userId() {
        return userId;
    }

    long exactAtNanos() {
        return exactAtNanos;
    }

    long aheadTold() {
        return aheadTold;
    }

    long sentAtNanos() {
        return sentAtNanos;
    }

    long epochTold() {
        return epochTold;
    }

    /** The proof of its place that was told last; what brings the place back when the line forgets it. */
    @Nullable
    String placeToken() {
        return placeToken;
    }

    void told(long epoch, long ahead, @Nullable String newPlaceToken) {
        epochTold = epoch;
        aheadTold = ahead;
        placeToken = newPlaceToken;
    }

    void nextExact(long atNanos) {
        exactAtNanos = atNanos;
    }

    /** Sends a frame, in place of an earlier one of its kind that was not sent yet. */
    void offer(Slot slot, byte[] frame) {
        waiting.set(slot.ordinal(), frame);
        sentAtNanos = System.nanoTime();
        drain();
    }

    /** Sends a last frame and ends the stream. */
    void finish(byte[] frame) {
        waiting.compareAndSet(Slot.LAST.ordinal(), null, frame);
        drain();
    }

    /** Whether its last frame is on its way. */
    boolean isEnding() {
        return isClosed() || waiting.get(Slot.LAST.ordinal()) != null;
    }

    @Override
    public void subscribe(CoreSubscriber<? super DataBuffer> subscriber) {
        downstream = subscriber;
        subscriber.onSubscribe(this);
        drain();
    }

    @Override
    public void request(long n) {
        Operators.addCap(REQUESTED, this, n);
        drain();
    }

    @Override
    public void cancel() {
        close();
    }

    boolean isClosed() {
        return closed != 0;
    }

    private void close() {
        if (CLOSED.compareAndSet(this, 0, 1)) {
            whenClosed.run();
        }
    }

    private void drain() {
        if (downstream == null || WORK.getAndIncrement(this) != 0) {
            return;
        }
        int missed = 1;
        do {
            sendWhatWaits();
            missed = WORK.addAndGet(this, -missed);
        } while (missed != 0);
    }

    private void sendWhatWaits() {
        CoreSubscriber<? super DataBuffer> target = downstream;
        for (int slot = 0; slot < SLOTS && !isClosed() && target != null && requested > 0; slot++) {
            byte[] frame = waiting.getAndSet(slot, null);
            if (frame == null) {
                continue;
            }
            Operators.produced(REQUESTED, this, 1);
            target.onNext(buffers.wrap(frame));
            if (slot == Slot.LAST.ordinal()) {
                close();
                target.onComplete();
            }
        }
    }
}
