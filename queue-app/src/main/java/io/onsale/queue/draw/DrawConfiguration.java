package io.onsale.queue.draw;

import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.kafka.EventSubscription;
import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.waiting.Lines;
import io.onsale.queue.waiting.WaitingSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DrawConfiguration {

    @Bean
    Draws draws(EventPublisher publisher, Clock clock) {
        return new Draws(publisher, clock);
    }

    @Bean
    DrawScripts drawScripts(Redis redis, Scripts scripts) {
        return new DrawScripts(redis, scripts);
    }

    @Bean
    DrawRunner drawRunner(Lines lines, Draws draws, DrawScripts scripts, WaitingSettings settings) {
        return new DrawRunner(lines, draws, new Seeds(settings), scripts);
    }

    @Bean
    EventTopic drawTopic() {
        return EventTopic.compacted(Draws.TOPIC);
    }

    @Bean
    EventSubscription drawRecords(Draws draws) {
        return EventSubscription.everyInstance("queue-draws", Draws.TOPIC, draws::take)
                .onCaughtUp(draws::caughtUp);
    }
}
