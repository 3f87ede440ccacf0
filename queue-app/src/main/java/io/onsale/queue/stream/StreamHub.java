package io.onsale.queue.stream;

import io.onsale.queue.admission.Admission;
import io.onsale.queue.admission.Tick;
import io.onsale.queue.admission.TickListener;
import io.onsale.queue.pass.PassMint;
import io.onsale.queue.waiting.Heartbeats;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All open streams of this instance. Once a tick each line's news are encoded once and offered to all its streams; exact
 * places are read in one bounded batch per line; whoever is admitted hears it at once, with the pass.
 */
final class StreamHub implements TickListener, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(StreamHub.class);

    private final StreamSettings settings;
    private final Frames frames;
    private final PassMint passes;
    private final Heartbeats heartbeats;
    private final Positions positions;
    private final ExactPlaces exactPlaces;
    private final StreamMeters meters;
    private final Map<Line, LineStreams> byLine = new ConcurrentHashMap<>();
    private final Map<Line, LineVoice> voices = new ConcurrentHashMap<>();
    private volatile Disposable running = Disposables.disposed();

    StreamHub(
            StreamSettings settings,
            Frames frames,
            PassMint passes,
            Heartbeats heartbeats,
            Positions positions,
            ExactPlaces exactPlaces,
            StreamMeters meters) {
        this.settings = settings;
        this.frames = frames;
        this.passes = passes;
        this.heartbeats = heartbeats;
        this.positions = positions;
        this.exactPlaces = exactPlaces;
        this.meters = meters;
    }

    /** Opens a stream for an account; what it hears first is for the caller to offer. */
    LiveStream open(Line line, String userId, DataBufferFactory buffers) {
        LiveStream stream = byLine.computeIfAbsent(line, each -> new LineStreams(each, settings.streamsPerUser()))
                .add(userId, buffers);
        stream.offer(LiveStream.Slot.RETRY, Frames.retry());
        return stream;
    }

    /** Streams open now, over all lines. */
    int openStreams() {
        return byLine.values().stream().mapToInt(LineStreams::open).sum();
    }

    /** The line's shared frames, for somebody who just came, or came back. */
    void greet(Line line, LiveStream stream, boolean cameBack) {
        voiceOf(line).greet(stream, cameBack);
    }

    @Override
    public boolean wantsAdmissions(Line line) {
        LineStreams streams = byLine.get(line);
        return streams != null && streams.open() > 0;
    }

    @Override
    public void ticked(Line line, Tick tick) {
        voiceOf(line).heard();
        LineStreams streams = byLine.get(line);
        if (streams != null) {
            tick.admissions().forEach(admission -> admit(line, streams, admission));
        }
    }

    private void admit(Line line, LineStreams streams, Admission admission) {
        streams.forUser(
                admission.userId(),
                stream -> passes.mint(admission.grounds(line.eventId()))
                        .subscribe(
                                pass -> positions.admit(
                                        stream,
                                        admission.admittedMillis(),
                                        pass,
                                        Instant.ofEpochMilli(admission.endMillis())),
                                trouble -> log.error("No pass for an admission to {}", line.eventId(), trouble)));
    }

    @Override
    public void start() {
        Scheduler loop = Schedulers.newSingle("live-position", true);
        running = Flux.interval(settings.tick(), loop)
                .onBackpressureDrop()
                .doFinally(end -> loop.dispose())
                .doOnNext(tick -> byLine.values().forEach(this::tell))
                .onErrorContinue((trouble, tick) -> log.error("Streams heard nothing this time", trouble))
                .subscribe();
    }

    private LineVoice voiceOf(Line line) {
        return voices.computeIfAbsent(line, each -> new LineVoice(each, frames, settings, meters));
    }

    private void tell(LineStreams streams) {
        Line line = streams.line();
        LineFacts facts = line.facts();
        if (streams.open() == 0 || facts == null) {
            return;
        }
        voiceOf(line).tell(streams, facts);
        streams.forEach(stream -> heartbeats.note(line, stream.userId()));
        exactPlaces.refresh(streams);
    }

    /** Ends all streams, so that clients move on to other instances before this one stops serving. */
    @Override
    public void stop() {
        running.dispose();
        byLine.values().forEach(streams -> streams.forEach(stream -> stream.finish(Frames.retry())));
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
