package io.onsale.queue.stream;

import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import java.util.Map;
import java.util.function.Supplier;
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

    /** What was said, when by the store's clock, and its frame. */
    private record Said(Object what, long atMillis, byte[] frame) {}

    LineVoice(Line line, Frames frames, StreamSettings settings, StreamMeters meters) {
        this.line = line;
        this.frames = frames;
        this.settings = settings;
        this.meters = meters;
    }

    /** A tick came back: the store is in reach. */
    void heard() {
        heardNanos = System.nanoTime();
    }

    /**
     * The line and its notice as they are, for somebody who just came. Whoever was cut off hears both again, and that there is no notice
     * any more: what they heard last came perhaps from another instance, whose moments cannot be compared with those of this one.
     */
    void greet(LiveStream stream, boolean cameBack) {
        LineFacts facts = line.facts();
        if (facts == null) {
            return; // the first tick tells it
        }
        if (cameBack || !facts.notice().isEmpty()) {
            Said notice = notice(facts);
            if (lastNotice == null) {
                lastNotice = notice; // somebody heard it: when it is taken down, that is news
            }
            greet(stream, LiveStream.Slot.NOTICE, notice, () -> lastNotice);
        }
        greet(stream, LiveStream.Slot.LINE, news(facts), () -> lastLine);
    }

    /** A tick may have told all streams something newer meanwhile, this one too: that stays the last word. */
    private static void greet(LiveStream stream, LiveStream.Slot slot, Said now, Supplier<@Nullable Said> toldToAll) {
        stream.offer(slot, now.frame);
        Said told = toldToAll.get();
        if (told != null && told.atMillis > now.atMillis) {
            stream.offer(slot, told.frame);
        }
    }

    /** Offers the news to all streams of the line, or a comment to those that were silent long. */
    void tell(LineStreams streams, LineFacts facts) {
        meters.ticked();
        Said notice = notice(facts);
        boolean isNewNotice =
                notice != lastNotice && (lastNotice != null || !facts.notice().isEmpty());
        lastNotice = notice;
        Said news = news(facts);
        boolean isNews = news != lastLine;
        lastLine = news;
        long silentSince = System.nanoTime() - settings.comment().toNanos();
        streams.forEach(stream -> {
            if (isNewNotice) {
                stream.offer(LiveStream.Slot.NOTICE, notice.frame);
            }
            if (isNews) {
                stream.offer(LiveStream.Slot.LINE, news.frame);
            }
            if (stream.sentAtNanos() < silentSince) {
                stream.offer(LiveStream.Slot.COMMENT, Frames.COMMENT);
            }
        });
    }

    private Said notice(LineFacts facts) {
        Said last = lastNotice;
        return last != null && last.what.equals(facts.notice())
                ? last
                : said("notice", facts, facts.notice(), Map.of("message", facts.notice()));
    }

    private Said news(LineFacts facts) {
        boolean stale = System.nanoTime() - heardNanos > settings.stale().toNanos();
        LineNews news = LineNews.of(line, facts, stale);
        Said last = lastLine;
        return last != null && last.what.equals(news) ? last : said("line", facts, news, news);
    }

    private Said said(String name, LineFacts facts, Object what, Object data) {
        meters.encoded();
        return new Said(what, facts.nowMillis(), frames.event(name, facts.nowMillis(), data));
    }
}
