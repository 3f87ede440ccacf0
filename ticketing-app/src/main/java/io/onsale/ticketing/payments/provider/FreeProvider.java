package io.onsale.ticketing.payments.provider;

import io.onsale.ticketing.payments.Checkout;
import io.onsale.ticketing.payments.PaymentState;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.model.Truth;
import java.time.Clock;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Takes nothing, for what costs nothing: the same way to a ticket without anybody's money. */
final class FreeProvider implements PaymentProvider {

    private final Clock clock;

    FreeProvider(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Provider name() {
        return Provider.FREE;
    }

    @Override
    public Mono<Registered> register(Payment payment) {
        return Mono.just(new Registered(Checkout.NONE, null));
    }

    @Override
    public Mono<Truth> confirm(Payment payment, Map<String, String> reference) {
        return Mono.fromSupplier(() -> new Truth.Captured(0, 0, payment.id(), clock.instant()));
    }

    /** Once the buyer said yes, it is paid. */
    @Override
    public Mono<Truth> lookup(Payment payment) {
        return payment.state() == PaymentState.READY ? Mono.just(new Truth.Open()) : confirm(payment, Map.of());
    }

    @Override
    public Mono<Refunded> refund(Payment payment, Refund refund) {
        return Mono.just(new Refunded.Refused("nothing was paid"));
    }
}
