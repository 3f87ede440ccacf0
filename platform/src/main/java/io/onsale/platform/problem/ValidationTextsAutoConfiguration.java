package io.onsale.platform.problem;

import jakarta.validation.MessageInterpolator;
import java.util.Locale;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Leaves a broken constraint's message as it is written: {@link ProblemWriter} words it by rule name, in the
 * caller's language. The validator's own texts would be read from jars on an event loop.
 */
@AutoConfiguration
@ConditionalOnClass({MessageInterpolator.class, ValidationConfigurationCustomizer.class})
class ValidationTextsAutoConfiguration {

    @Bean
    ValidationConfigurationCustomizer plainMessages() {
        return configuration -> configuration.messageInterpolator(new PlainMessages());
    }

    private static final class PlainMessages implements MessageInterpolator {
        @Override
        public String interpolate(String template, Context context) {
            return template;
        }

        @Override
        public String interpolate(String template, Context context, Locale locale) {
            return template;
        }
    }
}
