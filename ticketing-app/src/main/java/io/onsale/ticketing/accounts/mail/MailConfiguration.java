package io.onsale.ticketing.accounts.mail;

import io.onsale.platform.Repeating;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MailConfiguration {
    private static final Duration CLEAN_UP = Duration.ofMinutes(10);

    @Bean
    Repeating letterRounds(Postman postman, MailSettings settings) {
        return Repeating.every(settings.pollInterval(), "send letters", postman::deliverDue);
    }

    @Bean
    Repeating letterCleanup(Postman postman) {
        return Repeating.every(CLEAN_UP, "forget letters", postman::cleanUp);
    }
}
