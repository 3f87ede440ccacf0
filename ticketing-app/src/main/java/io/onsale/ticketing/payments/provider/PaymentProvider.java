package io.onsale.ticketing.payments.provider;

import io.onsale.ticketing.payments.Checkout;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.model.Truth;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A payment provider, as the payments see it. Every call has its time-out; a call that fails, or whose answer got lost, fails
 * with {@link ProviderUnavailableException}: nothing is known then.
 */
public interface PaymentProvider {

    Provider name();

    /** Tells the provider of the amount before the buyer gets there. May be repeated. */
    Mono<Registered> register(Payment payment);

    /**
     * The buyer came back: takes the money where the provider waits for that, and tells the truth.
     *
     * @param reference what the buyer brought from the provider's checkout
     */
    Mono<Truth> confirm(Payment payment, Map<String, String> reference);

    /** Asks what became of a payment. */
    Mono<Truth> lookup(Payment payment);

    /** The same where nothing waits for the answer: it stands back behind all other calls. */
    default Mono<Truth> look(Payment payment) {
        return lookup(payment);
    }

    /** Gives money back. Repeating it with the same refund id never gives it twice, also after a refusal. */
    Mono<Refunded> refund(Payment payment, Refund refund);

    /**
     * How the buyer gets to the provider.
     *
     * @param reference the provider's own name for the payment, if it gave one
     */
    record Registered(Checkout checkout, @Nullable String reference) {}

    /**
     * A refund to carry out.
     *
     * @param refusals of it so far: a provider that remembers its answers by key would only repeat the last one
     * @param left what can still be refunded before this one, as we know it
     */
    record Refund(String id, int refusals, long amount, long left, String reason) {

        /** The same for every repetition until the provider has refused. */
        String key() {
            return refusals == 0 ? id : id + "-" + refusals;
        }
    }

    /** How it went. */
    sealed interface Refunded {

        /** The money is on its way to the buyer. */
        record Done(String reference) implements Refunded {}

        /** Refused for now by a provider that is well otherwise. */
        record Later(String why) implements Refunded {}

        /** The provider will not do it, however often it is asked; a person has to look. */
        record Refused(String why) implements Refunded {}
    }
}
