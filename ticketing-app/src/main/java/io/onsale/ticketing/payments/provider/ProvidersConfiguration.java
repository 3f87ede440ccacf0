package io.onsale.ticketing.payments.provider;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProvidersConfiguration {

    @Bean
    PaymentProvider freeProvider(Clock clock) {
        return new FreeProvider(clock);
    }

    @Bean
    PaymentProvider portOneProvider(PortOneSettings settings, ProviderCallSettings calls, MeterRegistry meters) {
        ProviderHttp http = new ProviderHttp(
                settings.baseUrl(), "PortOne " + settings.apiSecret(), new GuardedCalls("portone", calls, meters));
        return new PortOneProvider(http, http.guardedBy(GuardedCalls.forLooks("portone", calls, meters)), settings);
    }

    @Bean
    @ConditionalOnProperty("onsale.kakaopay.secret-key")
    PaymentProvider kakaoPayProvider(KakaoPaySettings settings, ProviderCallSettings calls, MeterRegistry meters) {
        ProviderHttp http = new ProviderHttp(
                settings.baseUrl(), "SECRET_KEY " + settings.secretKey(), new GuardedCalls("kakaopay", calls, meters));
        return new KakaoPayProvider(http, http.guardedBy(GuardedCalls.forLooks("kakaopay", calls, meters)), settings);
    }
}
