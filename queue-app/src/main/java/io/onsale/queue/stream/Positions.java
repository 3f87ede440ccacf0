package io.onsale.queue.stream;

import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import io.onsale.queue.waiting.Standing;
import java.time.Instant;
import java.util.Map;

/** Tells one stream what concerns its own account: its place, its pass, its end. */
final class Positions {
    private final Frames frames;

    Positions(Frames frames) {
        this.frames = frames;
    }

    /** The body of the {@code admitted} event, after which the stream ends. */
    record Admitted(String pass, Instant passExpiresAt) {}

    /** Where the account stands; ends the stream where there is nothing more to come. */
    void tell(Line line, LiveStream stream, Standing standing) {
        Long ahead = standing.ahead();
        LineFacts facts = line.facts();
        stream.told(facts == null ? 0 : facts.epoch(), ahead == null ? 0 : ahead, standing.placeToken());
        String pass = standing.pass();
        Instant passEnds = standing.passExpiresAt();
        String lineEnd = facts == null ? null : LineNews.endOf(line, facts);
        if (pass != null && passEnds != null) {
            admit(stream, now(line), pass, passEnds);
        } else if (standing.state() == Standing.State.EXPIRED) {
            end(line, stream, "PASS_EXPIRED");
        } else if (standing.state() == Standing.State.CLOSED && lineEnd != null) {
            end(line, stream, lineEnd);
        } else {
            stream.offer(LiveStream.Slot.POSITION, frames.event("position", now(line), standing));
        }
    }

    void admit(LiveStream stream, long atMillis, String pass, Instant passEnds) {
        stream.finish(frames.event("admitted", atMillis, new Admitted(pass, passEnds)));
    }

    void end(Line line, LiveStream stream, String reason) {
        stream.finish(frames.event("closed", now(line), Map.of("reason", reason)));
    }

    private static long now(Line line) {
        LineFacts facts = line.facts();
        return facts == null ? 0 : facts.nowMillis();
    }
}
