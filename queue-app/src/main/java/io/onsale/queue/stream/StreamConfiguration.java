package io.onsale.queue.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import io.onsale.queue.pass.PassMint;
import io.onsale.queue.waiting.Heartbeats;
import io.onsale.queue.waiting.Macs;
import io.onsale.queue.waiting.WaitingRoom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    @Bean
    Frames frames(JsonMapper json) {
        return new Frames(json);
    }

    @Bean
    StreamTickets streamTickets(Macs macs) {
        return new StreamTickets(macs);
    }

    @Bean
    Positions positions(Frames frames) {
        return new Positions(frames);
    }

    @Bean
    StreamMeters streamMeters(MeterRegistry meters) {
        return new StreamMeters(meters);
    }

    @Bean
    ExactPlaces exactPlaces(WaitingRoom room, Positions positions, StreamSettings settings, StreamMeters meters) {
        return new ExactPlaces(room, positions, settings, meters);
    }

    @Bean
    StreamHub streamHub(
            StreamSettings settings,
            Frames frames,
            PassMint passes,
            Heartbeats heartbeats,
            Positions positions,
            ExactPlaces exactPlaces,
            StreamMeters streamMeters,
            MeterRegistry meters) {
        StreamHub hub = new StreamHub(settings, frames, passes, heartbeats, positions, exactPlaces, streamMeters);
        meters.gauge("onsale.queue.streams", hub, StreamHub::openStreams);
        return hub;
    }

    @Bean
    StreamWriter streamWriter() {
        return new StreamWriter();
    }

    /** A stream is open for as long as somebody waits: its duration says nothing, and to observe it costs memory all the while. */
    @Bean
    ObservationPredicate nothingOfStreams() {
        return (name, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && request.getCarrier().getPath().value().endsWith(StreamController.PATH));
    }
}
