package io.onsale.queue.waiting;

import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.kafka.EventSubscription;
import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.pass.PassMint;
import io.onsale.queue.sales.Sales;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WaitingConfiguration {

    @Bean
    Lines lines(Sales sales) {
        return new Lines(sales);
    }

    @Bean
    Macs macs(WaitingSettings settings) {
        return new Macs(settings.tokenKeys());
    }

    @Bean
    Claims claims(Redis redis, Scripts scripts, WaitingSettings settings) {
        return new Claims(redis, scripts, settings);
    }

    @Bean
    Heartbeats heartbeats(Scripts scripts, Claims claims, WaitingSettings settings) {
        return new Heartbeats(new RenewSeen(scripts), claims, settings);
    }

    @Bean
    Recall recall(WaitingSettings settings) {
        return new Recall(settings);
    }

    @Bean
    Forecasts forecasts(MeterRegistry meters) {
        return new Forecasts(meters);
    }

    @Bean
    EventTopic queueTopic() {
        return EventTopic.of(Departures.TOPIC);
    }

    @Bean
    EventSubscription recallFeed(Recall recall) {
        RecallFeed feed = new RecallFeed(recall);
        return EventSubscription.everyInstance("queue-recall", Departures.TOPIC, feed::take);
    }

    @Bean
    Sweeper sweeper(Lines lines, Scripts scripts, WaitingSettings settings) {
        return new Sweeper(lines, new SweepSilent(scripts, settings));
    }

    @Bean
    WaitingRoom waitingRoom(
            Lines lines,
            Claims claims,
            Scripts scripts,
            Macs macs,
            Heartbeats heartbeats,
            PassMint passes,
            Recall recall,
            EventPublisher publisher,
            Forecasts forecasts,
            KeptControl kept,
            Clock clock,
            WaitingSettings settings) {
        return new WaitingRoom(
                lines,
                claims,
                new JoinLine(scripts, kept, settings),
                new ReadPlaces(scripts),
                new LeaveLine(scripts),
                new PlaceTokens(macs),
                heartbeats,
                passes,
                recall,
                new Departures(publisher, recall),
                forecasts,
                kept,
                clock,
                settings);
    }
}
