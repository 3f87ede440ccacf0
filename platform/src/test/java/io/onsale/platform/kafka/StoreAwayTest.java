package io.onsale.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** An event is parked when it is bad, not when what it needs is away for a while. */
class StoreAwayTest {

    @Test
    void storesAndBrokersThatDoNotAnswerAreAway() {
        assertThat(StoreAway.is(new java.util.concurrent.TimeoutException())).isTrue();
        assertThat(StoreAway.is(new IllegalStateException(new IOException("reset"))))
                .isTrue();
        assertThat(StoreAway.is(new TimeoutException("topic not present in metadata")))
                .isTrue();
        assertThat(StoreAway.is(new CompletionException(new NotLeaderOrFollowerException())))
                .isTrue();
    }

    @Test
    void whatWouldFailAgainIsBad() {
        assertThat(StoreAway.is(new IllegalArgumentException("no such stage"))).isFalse();
        assertThat(StoreAway.is(new RecordTooLargeException("too large"))).isFalse();
    }
}
