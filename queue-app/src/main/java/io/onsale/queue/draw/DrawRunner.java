package io.onsale.queue.draw;

import io.onsale.queue.sales.Sale;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import io.onsale.queue.waiting.Lines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Commits to the seed while people enter and draws at the opening. Every instance may run it: all derive the same seed,
 * the closed list is the same for all, and placing somebody twice changes nothing. A crash in between is gone on from.
 */
final class DrawRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DrawRunner.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int BATCH = 500;

    private final Lines lines;
    private final Draws draws;
    private final Seeds seeds;
    private final DrawScripts scripts;
    private volatile Disposable running = Disposables.disposed();

    DrawRunner(Lines lines, Draws draws, Seeds seeds, DrawScripts scripts) {
        this.lines = lines;
        this.draws = draws;
        this.seeds = seeds;
        this.scripts = scripts;
    }

    @Override
    public void start() {
        running = Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> Flux.fromIterable(lines.all()).concatMap(this::advance), 1)
                .subscribe();
    }

    private Mono<Void> advance(Line line) {
        LineFacts facts = line.facts();
        if (line.room().mode() != Sale.Mode.DRAW || facts == null || !draws.isCaughtUp() || isDone(line, facts)) {
            return Mono.empty();
        }
        boolean isTime = facts.nowMillis() >= line.sale().opensAtMillis()
                && facts.nowMillis() >= facts.recoverUntilMillis()
                && facts.epoch() > 0;
        return committed(line)
                .flatMap(draw -> isTime && !draw.waitsForBeacon() ? draw(line, draw) : Mono.empty())
                .onErrorResume(trouble -> {
                    log.warn("The draw of {} goes on later: {}", line.eventId(), trouble.toString());
                    return Mono.empty();
                });
    }

    /** Placed in the store and told to everybody: a crash between the two is made good. */
    private boolean isDone(Line line, LineFacts facts) {
        DrawRecord known = draws.of(line.eventId());
        return facts.drawn() && known != null && known.isDrawn();
    }

    private Mono<DrawRecord> committed(Line line) {
        DrawRecord known = draws.of(line.eventId());
        if (known != null) {
            return Mono.just(known);
        }
        String commitment = FairOrder.commitment(seeds.fresh(line.eventId()));
        return draws.publish(DrawRecord.committed(line.eventId(), commitment));
    }

    private Mono<Void> draw(Line line, DrawRecord draw) {
        byte[] seed = seeds.committed(line.eventId(), draw.commitment())
                .orElseThrow(() -> new IllegalStateException("the key of the committed seed is gone"));
        return scripts.close(line)
                .flatMap(closed -> scripts.entries(line.eventId(), closed)
                        .publishOn(Schedulers.boundedElastic())
                        .flatMap(entries -> announce(draw, entries)
                                .filter(announced -> !announced.waitsForBeacon())
                                .flatMap(announced -> place(line, closed, seed, announced, entries)
                                        .then(draws.publish(announced.revealed(
                                                HexFormat.of().formatHex(seed)))))))
                .doOnNext(drawn -> log.info("Drew {} entries of {}", drawn.entrants(), line.eventId()))
                .then();
    }

    /** The hash of the list stands before the first place is given. */
    private Mono<DrawRecord> announce(DrawRecord draw, Map<Long, String> entries) {
        return draws.publish(draw.closed(entries.size(), FairOrder.listHash(entries.keySet())));
    }

    private Flux<Long> place(
            Line line, DrawScripts.Closed closed, byte[] seed, DrawRecord draw, Map<Long, String> entries) {
        String beacon = draw.beacon();
        List<Long> order = new FairOrder(seed, beacon == null ? "" : beacon).of(entries.keySet());
        int batches = Math.max(1, (order.size() + BATCH - 1) / BATCH);
        return Flux.range(0, batches).concatMap(batch -> {
            List<String> places = new ArrayList<>();
            int end = Math.min(order.size(), (batch + 1) * BATCH);
            for (int i = batch * BATCH; i < end; i++) {
                places.add(entries.get(order.get(i)));
                places.add(Long.toString((closed.epoch() << 24) + i + 1));
            }
            return scripts.place(line, places, batch == batches - 1);
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
