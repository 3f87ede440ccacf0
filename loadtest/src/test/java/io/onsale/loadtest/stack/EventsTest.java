package io.onsale.loadtest.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventsTest {

    @Test
    void whatIsNoEventIsPassedOver() {
        assertThat(Events.envelope("{\"eventId\": \"1\"}")).isPresent();
        assertThat(Events.envelope(null)).isEmpty();
        assertThat(Events.envelope("{ this is not an envelope")).isEmpty();
        assertThat(Events.envelope("7")).isEmpty();
    }
}
