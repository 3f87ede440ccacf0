package io.onsale.queue.stream;

import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import io.onsale.queue.waiting.Standing;
import io.onsale.queue.waiting.WaitingRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads exact places for open streams: often near the front, rarely far back, never more than a set number per tick
 * however many streams are open, in one round trip. After the line lost its memory everybody is read at once, and who is
 * missing is brought back by the proof their stream holds. When the line has ended everybody is read once more before their
 * stream is closed: who was let in at the last moment gets the pass.
 */
final class ExactPlaces {
    private static final Logger log = LoggerFactory.getLogger(ExactPlaces.class);
    private static final int FASTER_WHEN_IT_MATTERS = 10;
    private static final int SIDE_BY_SIDE = 32;

    private final WaitingRoom room;
    private final Positions positions;
    private final StreamSettings settings;
    private final StreamMeters meters;
    private final Set<Line> underWay = ConcurrentHashMap.newKeySet();

    ExactPlaces(WaitingRoom room, Positions positions, StreamSettings settings, StreamMeters meters) {
        this.room = room;
        this.positions = positions;
        this.settings = settings;
        this.meters = meters;
    }

    /** Reads the places that are due, and tells their streams. */
    void refresh(LineStreams streams) {
        Line line = streams.line();
        List<LiveStream> due = dueOf(streams);
        if (due.isEmpty() || !underWay.add(line)) {
            return;
        }
        meters.readExactly(due.size());
        room.standings(line, due.stream().map(LiveStream::userId).toList())
                .flatMap(standings -> tellAll(line, due, standings))
                .doFinally(end -> underWay.remove(line))
                .subscribe(
                        null,
                        trouble -> log.debug("Places in {} were not read: {}", line.eventId(), trouble.toString()));
    }

    private Mono<Void> tellAll(Line line, List<LiveStream> due, List<@Nullable Standing> standings) {
        return Flux.range(0, due.size())
                .flatMap(i -> tell(line, due.get(i), standings.get(i)), SIDE_BY_SIDE)
                .then();
    }

    private Mono<Void> tell(Line line, LiveStream stream, @Nullable Standing standing) {
        if (standing != null && standing.state() != Standing.State.ADMITTED) {
            return Mono.fromRunnable(() -> positions.tell(line, stream, standing));
        }
        // Either its admission was not heard, and it needs the pass; or its place is gone, and perhaps can be proven.
        Mono<Standing> again = standing != null
                ? room.standing(line, stream.userId())
                : isLost(line, stream) ? room.restore(line, stream.userId(), stream.placeToken()) : Mono.empty();
        return again.doOnNext(full -> positions.tell(line, stream, full))
                .switchIfEmpty(Mono.fromRunnable(() -> positions.end(line, stream, "NOT_IN_LINE")))
                .onErrorResume(trouble -> Mono.fromRunnable(
                        () -> log.debug("A place in {} is read later: {}", line.eventId(), trouble.toString())))
                .then();
    }

    private static boolean isLost(Line line, LiveStream stream) {
        return stream.epochTold() > 0 && stream.epochTold() < line.newestEpoch();
    }

    private List<LiveStream> dueOf(LineStreams streams) {
        long now = System.nanoTime();
        Line line = streams.line();
        LineFacts facts = line.facts();
        boolean recovering = facts != null && facts.nowMillis() < facts.recoverUntilMillis();
        boolean ended = facts != null && LineNews.endOf(line, facts) != null;
        int most = settings.exactReadsPerTick() * (recovering || ended ? FASTER_WHEN_IT_MATTERS : 1);
        List<LiveStream> due = new ArrayList<>();
        streams.forEach(stream -> {
            boolean isDue = ended ? !stream.isEnding() : stream.exactAtNanos() - now < 0 || isLost(line, stream);
            if (isDue && due.size() < most) {
                stream.nextExact(now + waitFor(stream.aheadTold()));
                due.add(stream);
            }
        });
        return due;
    }

    private long waitFor(long ahead) {
        long every = (ahead < settings.nearAhead() ? settings.nearEvery() : settings.farEvery()).toNanos();
        return every - ThreadLocalRandom.current().nextLong(every / 4 + 1);
    }
}
