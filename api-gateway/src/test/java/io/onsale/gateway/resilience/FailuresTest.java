package io.onsale.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.gateway.routing.Service;
import io.onsale.platform.problem.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import reactor.netty.channel.AbortedException;

class FailuresTest {

    /** Seen when a service was killed while a pooled connection was being given a request: it was told as a fault of ours. */
    @ParameterizedTest
    @ValueSource(strings = {"before", "during"})
    void aServiceThatDiesUnderARequestIsAwayAndNotAFault(String when) {
        Throwable error =
                when.equals("before") ? AbortedException.beforeSend() : new IOException("Connection reset by peer");
        assertThat(Failures.isTransport(error)).isTrue();
        assertThat(Failures.told(error, Service.TICKETING))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        told -> assertThat(told.problem().code().status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
    }

    @Test
    void onlyWhatSurelyNeverArrivedIsSentElsewhere() {
        assertThat(Failures.wasNeverSent(new ConnectException())).isTrue();
        assertThat(Failures.wasNeverSent(AbortedException.beforeSend())).isFalse();
        assertThat(Failures.isTransport(new IllegalStateException())).isFalse();
    }
}
