package io.onsale.ticketing.payments.provider;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.payments.Checkout;
import io.onsale.ticketing.payments.Payments.Order;
import io.onsale.ticketing.payments.PaymentsProblem;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.model.Truth;
import io.onsale.ticketing.payments.provider.ProviderHttp.Reply;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** PortOne V2: the amount is registered by the server, the browser's SDK captures, and the server asks for the truth. */
final class PortOneProvider implements PaymentProvider {

    private static final String PAYMENT = "/payments/{id}";

    private final ProviderHttp http;
    private final ProviderHttp looks;
    private final PortOneSettings settings;

    PortOneProvider(ProviderHttp http, ProviderHttp looks, PortOneSettings settings) {
        this.http = http;
        this.looks = looks;
        this.settings = settings;
    }

    @Override
    public Provider name() {
        return Provider.PORTONE;
    }

    @Override
    public Mono<Registered> register(Payment payment) {
        Map<String, Object> body = Map.of(
                "storeId", settings.storeId(), "totalAmount", payment.order().amount(), "currency", "KRW");
        return http.post("PortOne pre-register", null, body, PAYMENT + "/pre-register", payment.id())
                .flatMap(reply -> reply.ok() || reply.text("type").equals("ALREADY_PAID")
                        ? Mono.just(new Registered(checkout(payment), null))
                        : Mono.error(refused("pre-register", reply)));
    }

    private Checkout checkout(Payment payment) {
        Order order = payment.order();
        Map<String, Object> sdk = new LinkedHashMap<>();
        sdk.put("storeId", settings.storeId());
        sdk.put("channelKey", settings.channelKey());
        sdk.put("paymentId", payment.id());
        sdk.put("orderName", order.orderName());
        sdk.put("totalAmount", order.amount());
        sdk.put("currency", "KRW");
        sdk.put("payMethod", order.method() == null ? "CARD" : order.method());
        return new Checkout(Checkout.Type.SDK, redirectUrl(payment), sdk);
    }

    private @Nullable String redirectUrl(Payment payment) {
        String template = settings.checkoutUrl();
        return template == null ? null : template.replace("{paymentId}", payment.id());
    }

    /** The reference is ours; when the buyer brings another one, something else was paid. */
    @Override
    public Mono<Truth> confirm(Payment payment, Map<String, String> reference) {
        String named = reference.getOrDefault("paymentId", payment.id());
        return named.equals(payment.id())
                ? lookup(payment)
                : Mono.error(
                        Problem.of(PaymentsProblem.PROVIDER_REFERENCE_WRONG).asException());
    }

    @Override
    public Mono<Truth> lookup(Payment payment) {
        return get(http, payment).map(PortOneProvider::truth);
    }

    @Override
    public Mono<Truth> look(Payment payment) {
        return get(looks, payment).map(PortOneProvider::truth);
    }

    private Mono<Reply> get(ProviderHttp by, Payment payment) {
        return by.get("PortOne get", PAYMENT + "?storeId={store}", payment.id(), settings.storeId());
    }

    private static Truth truth(Reply reply) {
        if (reply.text("type").equals("PAYMENT_NOT_FOUND")) {
            return new Truth.Open(); // it comes to be when its checkout opens
        }
        if (!reply.ok()) {
            return new Truth.Unclear("PortOne answered " + reply.status() + " " + reply.text("type"));
        }
        JsonNode body = reply.body();
        return switch (reply.text("status")) {
            case "PAID", "PARTIAL_CANCELLED", "CANCELLED" -> captured(body);
            case "FAILED" -> new Truth.Declined("DECLINED");
            case "READY", "PENDING", "VIRTUAL_ACCOUNT_ISSUED" -> new Truth.Open();
            default -> new Truth.Unclear("PortOne has the status " + reply.text("status"));
        };
    }

    private static Truth captured(JsonNode body) {
        if (!body.path("paidAt").isString()) {
            return new Truth.Declined("CANCELLED"); // cancelled without ever having been paid
        }
        boolean won = body.path("currency").asString("").equals("KRW");
        JsonNode amount = body.path("amount");
        if (!won || !amount.path("total").isIntegralNumber()) {
            return new Truth.Unclear("PortOne has an amount that is not in won");
        }
        return new Truth.Captured(
                amount.path("total").longValue(),
                amount.path("cancelled").longValue(),
                body.path("transactionId").asString(""),
                Instant.parse(body.path("paidAt").asString("")));
    }

    @Override
    public Mono<Refunded> refund(Payment payment, Refund refund) {
        Map<String, Object> body = Map.of(
                "storeId", settings.storeId(),
                "amount", refund.amount(),
                "reason", reasonWithId(refund),
                "requester", "CUSTOMER",
                "currentCancellableAmount", refund.left());
        return http.post("PortOne cancel", refund.key(), body, PAYMENT + "/cancel", payment.id())
                .flatMap(reply -> refunded(payment, refund, reply));
    }

    /** The refund's id stands in the reason, so that one whose answer got lost is found again. */
    private static String reasonWithId(Refund refund) {
        return refund.reason() + " [" + refund.id() + "]";
    }

    private Mono<Refunded> refunded(Payment payment, Refund refund, Reply reply) {
        JsonNode cancellation = reply.body().path("cancellation");
        if (reply.ok()) {
            return switch (cancellation.path("status").asString("")) {
                case "SUCCEEDED" ->
                    Mono.just(new Refunded.Done(cancellation.path("id").asString("")));
                case "REQUESTED" -> find(payment, refund, new Refunded.Later("PortOne has it in work"));
                default -> Mono.just(new Refunded.Refused("PortOne failed the cancellation"));
            };
        }
        return switch (reply.text("type")) {
            case "IDEMPOTENCY_OUTSTANDING_REQUEST", "PG_PROVIDER" ->
                Mono.just(new Refunded.Later(reply.text("type") + " " + reply.text("message")));
            default -> find(payment, refund, new Refunded.Refused(reply.text("type")));
        };
    }

    /** Its answers are repeated by key for hours: what has become of it stands with the payment. */
    private Mono<Refunded> find(Payment payment, Refund refund, Refunded otherwise) {
        return get(http, payment)
                .map(reply -> reply.ok()
                        ? found(reply.body().path("cancellations"), refund, otherwise)
                        : new Refunded.Later("PortOne answered " + reply.status() + " " + reply.text("type")));
    }

    /** One that failed is as if it had never been tried. */
    private static Refunded found(JsonNode cancellations, Refund refund, Refunded otherwise) {
        Refunded found = otherwise;
        for (JsonNode cancellation : cancellations) {
            if (cancellation.path("reason").asString("").endsWith("[" + refund.id() + "]")) {
                String status = cancellation.path("status").asString("");
                if (status.equals("SUCCEEDED")) {
                    return new Refunded.Done(cancellation.path("id").asString(""));
                }
                found = status.equals("REQUESTED") ? new Refunded.Later("PortOne has it in work") : found;
            }
        }
        return found;
    }

    private static ProviderUnavailableException refused(String what, Reply reply) {
        return new ProviderUnavailableException(
                "PortOne refused to " + what + ": " + reply.status() + " " + reply.text("type"), null);
    }
}
