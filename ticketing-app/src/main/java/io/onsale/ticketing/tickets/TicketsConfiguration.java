package io.onsale.ticketing.tickets;

import io.onsale.platform.kafka.EventTopic;
import io.onsale.ticketing.tickets.model.TicketCode;
import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TicketsConfiguration {

    @Bean
    EventTopic ticketEvents() {
        return EventTopic.of(Tickets.TOPIC);
    }

    @Bean
    TicketCode ticketCode(TicketsSettings settings) {
        return new TicketCode(Base64.getDecoder().decode(settings.qrKey().strip()));
    }
}
