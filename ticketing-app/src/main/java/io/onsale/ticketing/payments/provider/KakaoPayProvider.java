package io.onsale.ticketing.payments.provider;

import io.onsale.ticketing.payments.Checkout;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.model.Truth;
import io.onsale.ticketing.payments.provider.ProviderHttp.Reply;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** KakaoPay, single payment: ready names a transaction, the buyer authenticates at Kakao, our approve takes the money. */
final class KakaoPayProvider implements PaymentProvider {

    private static final String PATH = "/online/v1/payment/";
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int APPROVE_FAILED = -780;

    private final ProviderHttp http;
    private final ProviderHttp looks;
    private final KakaoPaySettings settings;

    KakaoPayProvider(ProviderHttp http, ProviderHttp looks, KakaoPaySettings settings) {
        this.http = http;
        this.looks = looks;
        this.settings = settings;
    }

    @Override
    public Provider name() {
        return Provider.KAKAOPAY;
    }

    /** A transaction that was named before is used again. */
    @Override
    public Mono<Registered> register(Payment payment) {
        String tid = payment.atProvider().reference();
        String url = payment.atProvider().checkoutUrl();
        return tid != null && url != null ? Mono.just(redirect(tid, url)) : ready(payment);
    }

    private Mono<Registered> ready(Payment payment) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "cid", settings.cid(),
                "partner_order_id", payment.id(),
                "partner_user_id", payment.order().userId(),
                "item_name", payment.order().orderName(),
                "quantity", 1,
                "total_amount", payment.order().amount(),
                "tax_free_amount", 0));
        for (String result : new String[] {"approval", "cancel", "fail"}) {
            body.put(result + "_url", settings.returnUrl() + "?paymentId=" + payment.id() + "&result=" + result);
        }
        return http.post("KakaoPay ready", null, body, PATH + "ready")
                .flatMap(reply -> reply.ok()
                        ? Mono.just(redirect(reply.text("tid"), reply.text("next_redirect_pc_url")))
                        : Mono.error(new ProviderUnavailableException(
                                "KakaoPay refused to open a payment: " + refusal(reply), null)));
    }

    private static Registered redirect(String tid, String url) {
        return new Registered(new Checkout(Checkout.Type.REDIRECT, url, Map.of()), tid);
    }

    @Override
    public Mono<Truth> confirm(Payment payment, Map<String, String> reference) {
        String pgToken = reference.get("pgToken");
        if (pgToken == null || payment.atProvider().reference() == null) {
            return lookup(payment);
        }
        Map<String, Object> body = Map.of(
                "cid", settings.cid(),
                "tid", tid(payment),
                "partner_order_id", payment.id(),
                "partner_user_id", payment.order().userId(),
                "pg_token", pgToken,
                "total_amount", payment.order().amount());
        return http.post("KakaoPay approve", null, body, PATH + "approve").flatMap(reply -> approved(payment, reply));
    }

    /** A refusal may mean that it was approved before: the order tells. */
    private Mono<Truth> approved(Payment payment, Reply reply) {
        if (reply.ok()) {
            return Mono.just(captured(reply.body()));
        }
        return reply.body().path("error_code").asInt(0) == APPROVE_FAILED
                ? Mono.just(new Truth.Declined("DECLINED"))
                : lookup(payment);
    }

    @Override
    public Mono<Truth> lookup(Payment payment) {
        return payment.atProvider().reference() == null
                ? Mono.just(new Truth.Open())
                : order(http, payment).map(KakaoPayProvider::truth);
    }

    @Override
    public Mono<Truth> look(Payment payment) {
        return order(looks, payment).map(KakaoPayProvider::truth);
    }

    private Mono<Reply> order(ProviderHttp by, Payment payment) {
        return by.post("KakaoPay order", null, Map.of("cid", settings.cid(), "tid", tid(payment)), PATH + "order");
    }

    private static Truth truth(Reply reply) {
        if (!reply.ok()) {
            return new Truth.Unclear("KakaoPay answered " + refusal(reply));
        }
        return switch (reply.text("status")) {
            case "SUCCESS_PAYMENT", "PART_CANCEL_PAYMENT", "CANCEL_PAYMENT" -> captured(reply.body());
            case "FAIL_AUTH_PASSWORD", "QUIT_PAYMENT", "FAIL_PAYMENT" -> new Truth.Declined("DECLINED");
            case "READY", "SEND_TMS", "OPEN_PAYMENT", "SELECT_METHOD", "ARS_WAITING", "AUTH_PASSWORD", "ISSUED_SID" ->
                new Truth.Open();
            default -> new Truth.Unclear("KakaoPay has the status " + reply.text("status"));
        };
    }

    private static Truth captured(JsonNode body) {
        if (!body.path("approved_at").isString()) {
            return new Truth.Declined("CANCELLED");
        }
        return new Truth.Captured(
                body.path("amount").path("total").asLong(-1),
                body.path("canceled_amount").path("total").asLong(0),
                body.path("tid").asString(""),
                seoul(body.path("approved_at").asString("")));
    }

    private static Instant seoul(String local) {
        return LocalDateTime.parse(local).atZone(SEOUL).toInstant();
    }

    @Override
    public Mono<Refunded> refund(Payment payment, Refund refund) {
        Map<String, Object> body = Map.of(
                "cid", settings.cid(),
                "tid", tid(payment),
                "cancel_amount", refund.amount(),
                "cancel_tax_free_amount", 0,
                "cancel_available_amount", refund.left(),
                "payload", refund.id());
        return http.post("KakaoPay cancel", null, body, PATH + "cancel")
                .flatMap(reply -> reply.ok()
                        ? Mono.just(new Refunded.Done(reply.text("aid")))
                        : order(http, payment)
                                .map(order -> order.ok()
                                        ? found(order.body(), refund, refusal(reply))
                                        : new Refunded.Later("KakaoPay answered " + refusal(order))));
    }

    /** KakaoPay has no idempotency keys: the payload tells whether it was among what was given back, by us and not by hand. */
    private static Refunded found(JsonNode order, Refund refund, String refusal) {
        for (JsonNode action : order.path("payment_action_details")) {
            if (action.path("payment_action_type").asString("").equals("CANCEL")
                    && action.path("payload").asString("").equals(refund.id())) {
                return new Refunded.Done(action.path("aid").asString(""));
            }
        }
        return new Refunded.Refused("KakaoPay " + refusal);
    }

    private static String tid(Payment payment) {
        return Objects.requireNonNull(payment.atProvider().reference(), "a payment at KakaoPay has a tid");
    }

    private static String refusal(Reply reply) {
        return reply.status() + " " + reply.body().path("error_code").asString("") + " " + reply.text("error_message");
    }
}
