package io.onsale.ticketing.payments;

import io.onsale.platform.Repeating;
import io.onsale.platform.kafka.EventTopic;
import io.onsale.ticketing.payments.postgres.SeenWebhooks;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PaymentsConfiguration {

    private static final int ROUNDS_PER_SECOND = 2;

    @Bean
    EventTopic paymentEvents() {
        return EventTopic.of(Payments.TOPIC);
    }

    @Bean
    Repeating paymentChecks(Settlement settlement, PaymentsSettings settings) {
        return Repeating.every(settings.checkInterval(), "check payments", settlement::checkDue);
    }

    @Bean
    Repeating paymentLooks(Watch watch, PaymentsSettings settings) {
        return Repeating.every(Duration.ofSeconds(1), "look at payments", () -> watch.look(settings.looksPerSecond()));
    }

    @Bean
    Repeating refundRounds(RefundDesk refunds, PaymentsSettings settings) {
        int perRound = Math.max(1, settings.refundsPerSecond() / ROUNDS_PER_SECOND);
        return Repeating.every(
                Duration.ofSeconds(1).dividedBy(ROUNDS_PER_SECOND), "refund", () -> refunds.carryOut(perRound));
    }

    @Bean
    Repeating webhookCleanup(SeenWebhooks webhooks, Clock clock) {
        return Repeating.every(
                Duration.ofMinutes(10),
                "forget webhooks",
                () -> webhooks.forgetBefore(clock.instant().minus(Duration.ofDays(1)))
                        .then());
    }
}
