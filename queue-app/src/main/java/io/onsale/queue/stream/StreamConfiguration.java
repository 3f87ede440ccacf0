package io.onsale.queue.stream;

import io.onsale.queue.pass.PassMint;
import io.onsale.queue.waiting.Heartbeats;
import io.onsale.queue.waiting.Macs;
import io.onsale.queue.waiting.WaitingRoom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
    ExactPlaces exactPlaces(WaitingRoom room, Frames frames, StreamSettings settings) {
        return new ExactPlaces(room, frames, settings);
    }

    @Bean
    StreamHub streamHub(
            StreamSettings settings, Frames frames, PassMint passes, Heartbeats heartbeats, ExactPlaces exactPlaces) {
        return new StreamHub(settings, frames, passes, heartbeats, exactPlaces);
    }
}
