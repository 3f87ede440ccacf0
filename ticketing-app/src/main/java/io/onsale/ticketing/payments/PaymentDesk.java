package io.onsale.ticketing.payments;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.postgres.PaymentRows;
import io.onsale.ticketing.payments.provider.ProviderUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Opens payments and tells providers of them. */
@Service
class PaymentDesk implements Payments {

    private final PaymentRows rows;
    private final Providers providers;
    private final RefundDesk refunds;
    private final ReturnDesk returns;
    private final Clock clock;

    PaymentDesk(PaymentRows rows, Providers providers, RefundDesk refunds, ReturnDesk returns, Clock clock) {
        this.rows = rows;
        this.providers = providers;
        this.refunds = refunds;
        this.returns = returns;
        this.clock = clock;
    }

    @Override
    public Mono<PaymentView> open(Order order) {
        return Mono.fromRunnable(() -> requireOffered(order))
                .thenMany(rows.lockOfReservation(order.reservationId()))
                .collectList()
                .flatMap(earlier -> openBeside(order, earlier))
                .map(PaymentDesk::view)
                .checkpoint("open payment");
    }

    private void requireOffered(Order order) {
        providers.get(order.provider());
        if ((order.amount() == 0) != (order.provider() == Provider.FREE)) {
            throw Problem.of(PaymentsProblem.PROVIDER_NOT_OFFERED)
                    .with("provider", order.provider())
                    .asException();
        }
    }

    private Mono<Payment> openBeside(Order order, List<Payment> earlier) {
        if (earlier.stream().anyMatch(PaymentDesk::isPaid)) {
            return refuse(PaymentsProblem.ALREADY_PAID);
        }
        Optional<Payment> open =
                earlier.stream().filter(payment -> payment.state().isOpen()).findFirst();
        if (open.isEmpty()) {
            return insert(order);
        }
        Payment current = open.get();
        boolean same = current.order().provider() == order.provider()
                && current.order().amount() == order.amount();
        if (current.state() == PaymentState.READY) {
            return same ? Mono.just(current) : replace(current, order);
        }
        return refuse(PaymentsProblem.PAYMENT_IN_PROGRESS);
    }

    private static boolean isPaid(Payment payment) {
        return payment.state() == PaymentState.SUCCESS || payment.state() == PaymentState.PARTIALLY_REFUNDED;
    }

    private Mono<Payment> replace(Payment given, Order order) {
        return rows.update(given.replaced(clock.instant())).then(insert(order));
    }

    private Mono<Payment> insert(Order order) {
        Payment payment = Payment.ready(Ids.next(), order, clock.instant());
        return rows.insert(payment).thenReturn(payment);
    }

    private static <T> Mono<T> refuse(PaymentsProblem problem) {
        return Mono.error(Problem.of(problem).asException());
    }

    @Override
    public Mono<Checkout> register(String paymentId) {
        return rows.find(paymentId)
                .flatMap(payment -> providers
                        .get(payment.order().provider())
                        .register(payment)
                        .flatMap(registered -> remember(payment, registered.reference(), registered.checkout())))
                .onErrorMap(
                        ProviderUnavailableException.class,
                        away -> Problem.of(PaymentsProblem.PROVIDER_UNAVAILABLE)
                                .retryAfter(Duration.ofSeconds(5))
                                .asException())
                .checkpoint("register payment");
    }

    private Mono<Checkout> remember(Payment payment, @Nullable String reference, Checkout checkout) {
        return reference == null
                ? Mono.just(checkout)
                : rows.registered(payment.id(), reference, checkout.redirectUrl())
                        .thenReturn(checkout);
    }

    @Override
    public Mono<String> refund(RefundOrder order) {
        return refunds.request(order);
    }

    @Override
    public Mono<Void> settleReturned(String refundId, long worth) {
        return returns.settle(refundId, worth);
    }

    @Override
    public Mono<Boolean> settleReturned(String refundId, String asPartOf) {
        return returns.settleAsPartOf(refundId, asPartOf);
    }

    @Override
    public Mono<Balance> balance(String paymentId) {
        return refunds.balance(paymentId);
    }

    @Override
    public Mono<PaymentView> find(String paymentId) {
        return rows.find(paymentId).map(PaymentDesk::view);
    }

    @Override
    public Flux<PaymentView> ofReservation(String reservationId) {
        return rows.ofReservation(reservationId).map(PaymentDesk::view);
    }

    static PaymentView view(Payment payment) {
        return new PaymentView(
                payment.id(),
                payment.order().reservationId(),
                payment.order().userId(),
                payment.order().provider(),
                payment.state(),
                payment.reason(),
                payment.order().amount(),
                payment.money().captured(),
                payment.money().refunded(),
                payment.money().capturedAt(),
                payment.createdAt());
    }
}
