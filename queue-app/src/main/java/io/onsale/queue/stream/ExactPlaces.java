package io.onsale.queue.stream;

import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import io.onsale.queue.waiting.Standing;
import io.onsale.queue.waiting.WaitingRoom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads exact places for open streams: often near the front, rarely far back, never more than a set number per tick
 * however many streams are open, in one round trip.
 */
final class ExactPlaces {
    private static final Logger log = LoggerFactory.getLogger(ExactPlaces.class);

    private final WaitingRoom room;
    private final Frames frames;
    private final StreamSettings settings;
    private final Set<Line> underWay = ConcurrentHashMap.newKeySet();

    ExactPlaces(WaitingRoom room, Frames frames, StreamSettings settings) {
        this.room = room;
        this.frames = frames;
        this.settings = settings;
    }

    /** Reads the places that are due, and tells their streams. */
    void refresh(LineStreams streams) {
        Line line = streams.line();
        List<LiveStream> due = dueOf(streams);
        if (due.isEmpty() || !underWay.add(line)) {
            return;
        }
        room.standings(line, due.stream().map(LiveStream::userId).toList())
                .doFinally(end -> underWay.remove(line))
                .subscribe(
                        standings -> tellAll(line, due, standings),
                        trouble -> log.debug("Places in {} were not read: {}", line.eventId(), trouble.toString()));
    }

    /** Tells one stream where its account stands. */
    void tell(Line line, LiveStream stream, @Nullable Standing standing) {
        LineFacts facts = line.facts();
        long id = facts == null ? 0 : facts.nowMillis();
        if (standing == null) {
            stream.finish(frames.event("closed", id, Map.of("reason", "NOT_IN_LINE")));
            return;
        }
        Long ahead = standing.ahead();
        schedule(stream, ahead == null ? Long.MAX_VALUE : ahead);
        stream.offer(LiveStream.Slot.POSITION, frames.event("position", id, standing));
        String pass = standing.pass();
        Instant passEnds = standing.passExpiresAt();
        switch (standing.state()) {
            case ADMITTED -> {
                if (pass != null && passEnds != null) {
                    stream.finish(frames.event("admitted", id, new StreamHub.Admitted(pass, passEnds)));
                }
            }
            case EXPIRED -> stream.finish(frames.event("closed", id, Map.of("reason", "PASS_EXPIRED")));
            default -> {
                // The line's own loop tells when the sale ends.
            }
        }
    }

    private void tellAll(Line line, List<LiveStream> due, List<@Nullable Standing> standings) {
        for (int i = 0; i < due.size(); i++) {
            LiveStream stream = due.get(i);
            Standing standing = standings.get(i);
            if (standing != null && standing.state() == Standing.State.ADMITTED) {
                // Its admission was not heard: read again, with the pass.
                room.standing(line, stream.userId())
                        .subscribe(full -> tell(line, stream, full), trouble -> log.debug("{}", trouble.toString()));
            } else {
                tell(line, stream, standing);
            }
        }
    }

    private List<LiveStream> dueOf(LineStreams streams) {
        long now = System.nanoTime();
        List<LiveStream> due = new ArrayList<>();
        streams.forEach(stream -> {
            if (due.size() < settings.exactReadsPerTick() && stream.exactAtNanos() - now < 0) {
                due.add(stream);
            }
        });
        return due;
    }

    private void schedule(LiveStream stream, long ahead) {
        long every = (ahead < settings.nearAhead() ? settings.nearEvery() : settings.farEvery()).toNanos();
        long spread = ThreadLocalRandom.current().nextLong(every / 4 + 1);
        stream.nextExact(System.nanoTime() + every - spread, ahead);
    }
}
