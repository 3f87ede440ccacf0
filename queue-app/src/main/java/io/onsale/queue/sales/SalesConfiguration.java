package io.onsale.queue.sales;

import io.netty.channel.ChannelOption;
import io.onsale.platform.calls.UnclaimedAnswers;
import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventSubscription;
import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.web.ServiceCredentials;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

@Configuration(proxyBeanMethods = false)
class SalesConfiguration {
    private static final String CATALOGUE = "event.events";

    @Bean
    Sales sales(ServiceCredentials credentials, SalesSettings settings) {
        return new Sales(new SaleSource(client(settings), credentials, settings));
    }

    @Bean
    TicketingProbe ticketingProbe(ServiceCredentials credentials, SalesSettings settings) {
        return new TicketingProbe(client(settings), credentials, settings.uris());
    }

    private static WebClient client(SalesSettings settings) {
        HttpClient http = HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                settings.connectTimeout().toMillis());
        return UnclaimedAnswers.webClient(http).build();
    }

    @Bean
    EventTopic catalogueTopic() {
        return EventTopic.compacted(CATALOGUE);
    }

    /** Every instance keeps all sales in memory: it reads the whole compacted topic, then stays with it. */
    @Bean
    EventSubscription catalogueChanges(Sales sales) {
        return EventSubscription.everyInstance("queue-catalogue", CATALOGUE, envelope -> take(sales, envelope));
    }

    private static Mono<Void> take(Sales sales, Envelope envelope) {
        return Mono.fromRunnable(() -> {
            switch (envelope.eventType()) {
                case "EventChanged" ->
                    sales.learn(envelope.payloadAs(EventChanged.class).toSale());
                case "AvailabilityChanged" -> sales.learn(envelope.payloadAs(Availability.class));
                default -> {
                    // Other facts of the catalogue do not concern the line.
                }
            }
        });
    }
}
