package io.onsale.queue.admission;

import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.kafka.EventSubscription;
import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.RedisProperties;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.sales.TicketingProbe;
import io.onsale.queue.waiting.Forecasts;
import io.onsale.queue.waiting.KeptControl;
import io.onsale.queue.waiting.Lines;
import io.onsale.queue.waiting.WaitingSettings;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration {
    private static final String RESERVATIONS = "reservation.events";

    /** Admission's own way to the store, so that a tick never waits behind the crowd's commands. */
    @Bean(defaultCandidate = false)
    Redis admissionRedis(RedisProperties settings) {
        return new Redis(settings);
    }

    @Bean
    Ticker ticker(
            Lines lines,
            @Qualifier("admissionRedis") Redis redis,
            TicketingPulse pulse,
            AdmissionSettings settings,
            WaitingSettings waiting,
            KeptControl kept,
            ObjectProvider<TickListener> listeners) {
        List<TickListener> all = listeners.orderedStream().toList();
        return new Ticker(lines, new AdmitWaiting(new Scripts(redis), settings, waiting, kept), pulse, settings, all);
    }

    @Bean
    TicketingPulse ticketingPulse(TicketingProbe probe, AdmissionSettings settings, MeterRegistry meters) {
        TicketingPulse pulse = new TicketingPulse(probe, settings);
        meters.gauge("onsale.queue.brake.share", pulse, TicketingPulse::share);
        return pulse;
    }

    @Bean
    LineMeters lineMeters(MeterRegistry meters, Forecasts forecasts) {
        return new LineMeters(meters, forecasts);
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
