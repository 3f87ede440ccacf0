package io.onsale.queue.stream;

import io.onsale.queue.waiting.Line;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.core.io.buffer.DataBufferFactory;

/** The open streams of one line, by account. Thread-safe: the arrays are never changed, only replaced. */
final class LineStreams {
    private static final LiveStream[] NONE = {};

    private final Line line;
    private final int perUser;
    private final Map<String, LiveStream[]> byUser = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    LineStreams(Line line, int perUser) {
        this.line = line;
        this.perUser = perUser;
    }

    Line line() {
        return line;
    }

    int open() {
        return open.get();
    }

    /** Opens a stream; the oldest of the same account gives way when there are too many. */
    LiveStream add(String userId, DataBufferFactory buffers) {
        LiveStream stream = new LiveStream(userId, buffers, this::remove);
        open.incrementAndGet();
        LiveStream[] all = byUser.merge(userId, new LiveStream[] {stream}, LineStreams::append);
        if (all.length > perUser) {
            all[0].finish(Frames.COMMENT);
        }
        return stream;
    }

    void forEach(Consumer<LiveStream> action) {
        byUser.values().forEach(streams -> {
            for (LiveStream stream : streams) {
                action.accept(stream);
            }
        });
    }

    void forUser(String userId, Consumer<LiveStream> action) {
        for (LiveStream stream : byUser.getOrDefault(userId, NONE)) {
            action.accept(stream);
        }
    }

    private void remove(LiveStream stream) {
        open.decrementAndGet();
        byUser.computeIfPresent(stream.userId(), (id, streams) -> {
            LiveStream[] rest =
                    Arrays.stream(streams).filter(other -> other != stream).toArray(LiveStream[]::new);
            return rest.length == 0 ? null : rest;
        });
    }

    private static LiveStream[] append(LiveStream[] streams, LiveStream[] more) {
        LiveStream[] all = Arrays.copyOf(streams, streams.length + 1);
        all[streams.length] = more[0];
        return all;
    }
}
