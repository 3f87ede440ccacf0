package io.onsale.ticketing.payments;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.payments.provider.PaymentProvider;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The providers this installation has an account with. */
@Component
class Providers {

    private final Map<Provider, PaymentProvider> byName;

    Providers(List<PaymentProvider> all) {
        this.byName = all.stream().collect(Collectors.toUnmodifiableMap(PaymentProvider::name, Function.identity()));
    }

    PaymentProvider get(Provider name) {
        PaymentProvider provider = byName.get(name);
        if (provider == null) {
            throw Problem.of(PaymentsProblem.PROVIDER_NOT_OFFERED)
                    .with("provider", name)
                    .asException();
        }
        return provider;
    }
}
