package io.onsale.ticketing.reservations;

import io.onsale.platform.kafka.EventTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReservationsConfiguration {

    @Bean
    EventTopic reservationEvents() {
        return EventTopic.of(ReservationEvents.TOPIC);
    }
}
