package io.onsale.queue.control;

import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.kafka.EventSubscription;
import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.redis.Scripts;
import io.onsale.platform.web.Detached;
import io.onsale.queue.admission.Ticker;
import io.onsale.queue.waiting.WaitingSettings;
import java.time.Clock;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class ControlConfiguration {

    @Bean
    ControlAudit controlAudit(EventPublisher publisher, Clock clock) {
        return new ControlAudit(publisher, clock);
    }

    @Bean
    Control control(
            Scripts scripts,
            WaitingSettings settings,
            Ticker ticker,
            Controls controls,
            ControlKeeper keeper,
            ControlAudit audit,
            Detached detached) {
        SetControl setControl = new SetControl(scripts, settings);
        ClearLine clearLine = new ClearLine(scripts, settings);
        return new Control(setControl, clearLine, controls, keeper, audit, ticker, detached);
    }

    @Bean
    Controls controls(EventPublisher publisher, Clock clock) {
        return new Controls(publisher, clock);
    }

    @Bean
    ControlKeeper controlKeeper(Controls controls, Scripts scripts, WaitingSettings settings) {
        return new ControlKeeper(controls, new RestoreControl(scripts, settings), new ReadControl(scripts));
    }

    /** Part of the readiness: an instance that does not know what operators decided takes nobody. */
    @Bean
    ReactiveHealthIndicator controlRecordsHealthIndicator(Controls controls) {
        return () -> Mono.fromSupplier(() -> (controls.isCaughtUp()
                        ? Health.up()
                        : Health.outOfService().withDetail("unread", Controls.TOPIC))
                .build());
    }

    @Bean
    EventTopic controlTopic() {
        return EventTopic.compacted(Controls.TOPIC);
    }

    @Bean
    EventSubscription controlRecords(Controls controls) {
        return EventSubscription.everyInstance("queue-controls", Controls.TOPIC, controls::take)
                .onCaughtUp(controls::caughtUp);
    }
}
