package io.onsale.queue.stream;

import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one line says to all its streams: each piece of news is encoded once. {@code tell} is for one thread. */
final class LineVoice {
    private final Line line;
    private final Frames frames;
    private final StreamSettings settings;
    private final StreamMeters meters;
    private volatile long heardNanos = System.nanoTime();
    private volatile @Nullable Said lastLine;
    private volatile @Nullable Said lastNotice;
    private @Nullable LineNews told;
    private String noticeTold = "";

    LineVoice(Line line, Frames frames, StreamSettings settings, StreamMeters meters) {
        this.line = line;
        this.frames = frames;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * A frame and its id: the moment, by the store's clock, of what it says.
     *
     * @param isSilence whether it takes back what was said before
     */
    private record Said(long id, byte[] frame, boolean isSilence) {}

    /** A tick came back: the store is in reach. */
    void heard() {
        heardNanos = System.nanoTime();
    }

    /**
     * The last news, for somebody who just came, or what is new since somebody was cut off.
     *
     * @param lastHeard the last id they heard, 0 = none
     */
    void greet(LiveStream stream, long lastHeard) {
        Said notice = lastNotice;
        if (notice != null && notice.id > lastHeard && (lastHeard > 0 || !notice.isSilence)) {
            stream.offer(LiveStream.Slot.NOTICE, notice.frame);
        }
        Said news = lastLine;
        if (news != null && news.id > lastHeard) {
            stream.offer(LiveStream.Slot.LINE, news.frame);
        }
    }

    /** Offers the news to all streams of the line, a comment to those that were silent long, or their end. */
    void tell(LineStreams streams, LineFacts facts) {
        meters.ticked();
        String end = LineNews.endOf(line, facts);
        if (end != null) {
            byte[] closed = encode("closed", facts, Map.of("reason", end));
            streams.forEach(stream -> stream.finish(closed));
            return;
        }
        boolean stale = System.nanoTime() - heardNanos > settings.stale().toNanos();
        byte[] newNotice = noticeIfChanged(facts);
        byte[] newLine = lineIfChanged(facts, stale);
        long silentSince = System.nanoTime() - settings.comment().toNanos();
        streams.forEach(stream -> {
            offer(stream, LiveStream.Slot.NOTICE, newNotice);
            offer(stream, LiveStream.Slot.LINE, newLine);
            if (stream.sentAtNanos() < silentSince) {
                stream.offer(LiveStream.Slot.COMMENT, Frames.COMMENT);
            }
        });
    }

    private byte @Nullable [] noticeIfChanged(LineFacts facts) {
        if (facts.notice().equals(noticeTold)) {
            return null;
        }
        noticeTold = facts.notice();
        byte[] frame = encode("notice", facts, Map.of("message", noticeTold));
        lastNotice = new Said(facts.nowMillis(), frame, noticeTold.isEmpty());
        return frame;
    }

    private byte @Nullable [] lineIfChanged(LineFacts facts, boolean stale) {
        LineNews news = LineNews.of(line, facts, stale);
        if (news.equals(told)) {
            return null;
        }
        told = news;
        byte[] frame = encode("line", facts, news);
        lastLine = new Said(facts.nowMillis(), frame, false);
        return frame;
    }

    private byte[] encode(String name, LineFacts facts, Object data) {
        meters.encoded();
        return frames.event(name, facts.nowMillis(), data);
    }

    private static void offer(LiveStream stream, LiveStream.Slot slot, byte @Nullable [] frame) {
        if (frame != null) {
            stream.offer(slot, frame);
        }
    }
}
