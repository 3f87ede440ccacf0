package io.onsale.platform.web;

import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;

/** Makes {@link Detached} available to every reactive web app. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(DetachedAutoConfiguration.DetachedProperties.class)
class DetachedAutoConfiguration {

    /**
     * @param atMost longer than the slowest thing such work waits for: a payment provider's time-out and the retries around it
     * @param manyAtMost no more than the database serves within a buyer's patience
     */
    @ConfigurationProperties("onsale.detached")
    record DetachedProperties(
            @DefaultValue("60s") Duration atMost,
            @DefaultValue("500") int manyAtMost) {}

    @Bean
    Detached detached(DetachedProperties settings) {
        return new Detached(settings.atMost(), settings.manyAtMost());
    }
}
