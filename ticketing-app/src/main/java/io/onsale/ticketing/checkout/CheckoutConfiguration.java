package io.onsale.ticketing.checkout;

import io.onsale.platform.Repeating;
import io.onsale.platform.outbox.EventConsumer;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CheckoutConfiguration {

    @Bean
    EventConsumer checkoutOfEvents(MassRefunds massRefunds) {
        return massRefunds.consumer();
    }

    @Bean
    Repeating massRefundSteps(MassRefunds massRefunds) {
        return Repeating.every(Duration.ofSeconds(1), "refund cancelled events", massRefunds::step);
    }

    @Bean
    Repeating returnedMoney(Returning returning) {
        return Repeating.every(Duration.ofSeconds(1), "settle returned money", returning::step);
    }
}
