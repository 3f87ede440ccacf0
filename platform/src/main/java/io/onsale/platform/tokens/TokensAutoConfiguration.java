package io.onsale.platform.tokens;

import io.onsale.platform.calls.UnclaimedAnswers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Keys, signer and verifier of signed tokens. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(TokensProperties.class)
class TokensAutoConfiguration {

    /** {@code onsale.clock.offset} sets this app's clock wrong, to see what that does. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock(Environment settings) {
        return Clock.offset(
                Clock.systemUTC(), settings.getProperty("onsale.clock.offset", Duration.class, Duration.ZERO));
    }

    @Bean
    @ConditionalOnProperty("onsale.tokens.signing-keys")
    KeyRing keyRing(TokensProperties settings) {
        Path directory = Objects.requireNonNull(settings.signingKeys());
        return new KeyRing(directory);
    }

    @Bean
    @ConditionalOnProperty("onsale.tokens.signing-keys")
    TokenSigner tokenSigner(TokensProperties settings, KeyRing keys) {
        return new TokenSigner(settings.issuer(), keys);
    }

    @Bean
    @ConditionalOnProperty("onsale.tokens.signing-keys")
    JwksEndpoint jwksEndpoint(KeyRing keys) {
        return new JwksEndpoint(keys);
    }

    @Bean
    PublishedKeysByKind publishedKeysByKind(TokensProperties settings) {
        // Asked once a minute: a kept connection would be reused just when the other side has closed it as idle.
        WebClient http = UnclaimedAnswers.webClient(HttpClient.newConnection()).build();
        Map<String, PublishedKeys> byKind = new HashMap<>();
        settings.jwks().forEach((kind, issuers) -> byKind.put(kind, new PublishedKeys(issuers, http)));
        return new PublishedKeysByKind(Map.copyOf(byKind));
    }

    @Bean
    TokenVerifier tokenVerifier(
            TokensProperties settings, PublishedKeysByKind published, ObjectProvider<KeyRing> ownKeys, Clock clock) {
        return new TokenVerifier(settings, published.byKind(), ownKeys.getIfAvailable(), clock);
    }

    @Bean
    KeyRefresher keyRefresher(
            TokensProperties settings, PublishedKeysByKind published, ObjectProvider<KeyRing> ownKeys) {
        return new KeyRefresher(settings.refreshInterval(), published.byKind().values(), ownKeys.getIfAvailable());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ReactiveHealthIndicator.class)
    static class HealthConfiguration {

        /** Down until the keys of every kind were read once: before that no caller can be told from a stranger. */
        @Bean
        ReactiveHealthIndicator keysHealthIndicator(PublishedKeysByKind published) {
            return () -> Mono.fromSupplier(() -> (published.areKnown() ? Health.up() : Health.down()).build());
        }
    }

    /** The published keys of every kind this app verifies. */
    record PublishedKeysByKind(Map<String, PublishedKeys> byKind) {
        boolean areKnown() {
            return byKind.values().stream().noneMatch(PublishedKeys::isEmpty);
        }
    }
}
