package io.onsale.queue.waiting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gathers signs of life and writes them in batches, once a second. Somebody heard a moment ago is not written again:
 * a tenth of the silence time is near enough.
 */
public final class Heartbeats implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
    private static final int BATCH = 500;

    private final RenewSeen renewSeen;
    private final Claims claims;
    private final Duration freshFor;
    private final Map<Line, Heard> byLine = new ConcurrentHashMap<>();
    private volatile Disposable running = Disposables.disposed();

    Heartbeats(RenewSeen renewSeen, Claims claims, WaitingSettings settings) {
        this.renewSeen = renewSeen;
        this.claims = claims;
        this.freshFor = settings.silence().dividedBy(10);
    }

    /** Two generations of the recently heard, and those yet to be written. */
    private static final class Heard {
        private volatile Set<String> recent = ConcurrentHashMap.newKeySet();
        private volatile Set<String> earlier = Set.of();
        private final Set<String> unwritten = ConcurrentHashMap.newKeySet();

        void note(String userId) {
            if (!earlier.contains(userId) && recent.add(userId)) {
                unwritten.add(userId);
            }
        }

        void noteWritten(String userId) {
            if (!earlier.contains(userId)) {
                recent.add(userId);
            }
        }

        void grow() {
            earlier = recent;
            recent = ConcurrentHashMap.newKeySet();
        }
    }

    /** Notes that somebody was heard. */
    public void note(Line line, String userId) {
        byLine.computeIfAbsent(line, unused -> new Heard()).note(userId);
    }

    /** Notes that somebody was heard by a script that has written it down: for a while there is nothing to write. */
    void noteWritten(Line line, String userId) {
        byLine.computeIfAbsent(line, unused -> new Heard()).noteWritten(userId);
    }

    @Override
    public void start() {
        running = Disposables.composite(
                Flux.interval(Duration.ofSeconds(1))
                        .onBackpressureDrop()
                        .concatMap(tick -> writeAll(), 1)
                        .subscribe(),
                Flux.interval(freshFor.dividedBy(2))
                        .onBackpressureDrop()
                        .subscribe(tick -> byLine.values().forEach(Heard::grow)));
    }

    private Mono<Void> writeAll() {
        return Flux.fromIterable(byLine.entrySet())
                .concatMap(entry -> write(entry.getKey(), entry.getValue()))
                .then();
    }

    private Mono<Void> write(Line line, Heard heard) {
        List<String> batch = new ArrayList<>(heard.unwritten);
        if (batch.isEmpty()) {
            return Mono.empty();
        }
        return Flux.fromIterable(batch)
                .buffer(BATCH)
                .concatMap(part -> renewSeen
                        .run(line, part)
                        .then(claims.renew(part))
                        .doOnSuccess(done -> {
                            heard.unwritten.removeAll(part);
                        }))
                .then()
                .onErrorResume(StoreTrouble::is, trouble -> {
                    log.debug("Heartbeats of {} are kept for the next time: {}", line.eventId(), trouble.toString());
                    return Mono.empty();
                });
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
