package io.onsale.platform.web;

import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Makes {@link Detached} available to every reactive web app. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class DetachedAutoConfiguration {

    /** Longer than the slowest thing such work waits for: a payment provider's time-out and the retries around it. */
    @Bean
    Detached detached() {
        return new Detached(Duration.ofSeconds(60));
    }
}
