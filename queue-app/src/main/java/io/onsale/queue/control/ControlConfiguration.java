package io.onsale.queue.control;

import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.redis.Scripts;
import io.onsale.queue.admission.Ticker;
import io.onsale.queue.waiting.WaitingSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ControlConfiguration {

    @Bean
    ControlAudit controlAudit(EventPublisher publisher, Clock clock) {
        return new ControlAudit(publisher, clock);
    }

    @Bean
    Control control(Scripts scripts, WaitingSettings settings, Ticker ticker, ControlAudit audit) {
        return new Control(new SetControl(scripts, settings), new ClearLine(scripts), audit, ticker);
    }
}
