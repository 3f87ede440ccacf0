package io.onsale.platform.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SilenceGuardTest {
    private static final Duration LIMIT = Duration.ofMillis(100);

    private final EmbeddedChannel channel = new EmbeddedChannel(new SilenceGuard(LIMIT));

    @Test
    void closesWhenARequestIsNotAnswered() {
        channel.writeOutbound("question");
        longerThanTheLimit();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void laterRequestsDoNotPutItOff() {
        for (int i = 0; i < 6 && channel.isOpen(); i++) {
            channel.writeOutbound("question");
            Mono.delay(LIMIT.dividedBy(2)).block();
            channel.runScheduledPendingTasks();
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void staysOpenWhenAnswered() {
        channel.writeOutbound("question");
        channel.writeInbound("answer");
        longerThanTheLimit();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void staysOpenWhenNothingIsAsked() {
        longerThanTheLimit();
        assertThat(channel.isOpen()).isTrue();
    }

    private void longerThanTheLimit() {
        Mono.delay(LIMIT.multipliedBy(2)).block();
        channel.runScheduledPendingTasks();
    }
}
