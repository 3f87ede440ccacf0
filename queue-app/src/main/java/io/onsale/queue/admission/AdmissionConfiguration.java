package io.onsale.queue.admission;

import io.lettuce.core.RedisException;
import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.kafka.EventSubscription;
import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.waiting.Lines;
import io.onsale.queue.waiting.WaitingSettings;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration {
    private static final String RESERVATIONS = "reservation.events";

    @Bean
    Ticker ticker(
            Lines lines,
            Scripts scripts,
            AdmissionSettings settings,
            WaitingSettings waiting,
            ObjectProvider<TickListener> listeners) {
        List<TickListener> all = listeners.orderedStream().toList();
        return new Ticker(lines, new AdmitWaiting(scripts, settings, waiting), settings, all);
    }

    @Bean
    EventTopic reservationTopic() {
        return EventTopic.of(RESERVATIONS);
    }

    @Bean
    AdmissionRelay admissionRelay(Lines lines, Redis redis, EventPublisher publisher, AdmissionSettings settings) {
        return new AdmissionRelay(lines, redis, publisher, settings);
    }

    @Bean
    EventSubscription slotMoves(Lines lines, Scripts scripts) {
        Slots slots = new Slots(lines, new MoveSlot(scripts));
        return EventSubscription.shared("queue-slots", RESERVATIONS, slots::take)
                .retryForever(RedisException.class::isInstance);
    }
}
