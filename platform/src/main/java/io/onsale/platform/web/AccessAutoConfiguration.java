package io.onsale.platform.web;

import io.onsale.platform.tokens.TokenVerifier;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Guards every annotated handler of the app. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties({
    AccessAutoConfiguration.InternalProperties.class,
    AccessAutoConfiguration.WebProperties.class
})
class AccessAutoConfiguration {

    /**
     * @param keys accepted service credentials; the first is the one to send
     */
    @ConfigurationProperties("onsale.internal")
    record InternalProperties(@DefaultValue List<String> keys) {}

    /**
     * @param openPaths patterns of handlers from libraries that need no token, such as API documents
     */
    @ConfigurationProperties("onsale.web")
    record WebProperties(@DefaultValue List<String> openPaths) {}

    @Bean
    ServiceCredentials serviceCredentials(InternalProperties settings) {
        return new ServiceCredentials(settings.keys());
    }

    @Bean
    WebFluxRegistrations guardedRegistrations(
            TokenVerifier tokens, ServiceCredentials credentials, WebProperties settings) {
        List<PathPattern> open = settings.openPaths().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
        return new WebFluxRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new GuardedHandlerMapping(tokens, credentials, open);
            }
        };
    }

    @Bean
    WebFluxConfigurer callerArguments() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
                configurer.addCustomResolver(new CallerArgumentResolver());
            }
        };
    }
}
