package io.onsale.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamEarTest {
    private final FleetLog log = new FleetLog();
    private final List<Boolean> answers = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new StreamEar(new byte[0], log, answers::add));

    @Test
    void aChunkMayEndAnywhereInALine() {
        log.measure(true);
        write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        long id = System.currentTimeMillis();
        int ticks = 0;
        for (int cut = 1; cut < frame(id).length() - 1; cut++) {
            String frame = frame(id + ticks++);
            chunk(frame.substring(0, cut));
            chunk(frame.substring(cut));
        }
        assertThat(answers).containsExactly(true);
        assertThat(log.events()).containsOnly(Map.entry("line", (long) ticks));
        assertThat(log.toLast().getTotalCount()).as("each a tick of its own").isEqualTo(ticks - 1);
        assertThat(log.toLast().getMaxValue()).as("no id was misread").isLessThan(60_000);
    }

    @Test
    void aRefusalIsNoStream() {
        write("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\n{}");
        assertThat(answers).containsExactly(false);
        assertThat(log.open()).isZero();
        assertThat(log.refusals()).hasSize(1);
    }

    private static String frame(long id) {
        return "id: " + id + "\nevent: line\ndata: {\"state\":\"OPEN\"}\n\n";
    }

    private void chunk(String text) {
        write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private void write(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
