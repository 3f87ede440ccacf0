package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * KakaoPay's online payment: ready, approve, cancel, order, on the paths of the new host ({@code /online/v1/payment/…}, JSON,
 * {@code SECRET_KEY}) and of the old one ({@code /v1/payment/…}, form, {@code KakaoAK}), each with its own error body.
 */
final class KakaoPayApi {

    static final String PROVIDER = "KAKAOPAY";
    private static final Set<String> OPERATIONS = Set.of("ready", "approve", "cancel", "order");
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneId.of("Asia/Seoul"));

    private final Settings settings;
    private final KakaoPayCheckout checkout;

    KakaoPayApi(Settings settings) {
        this.settings = settings;
        this.checkout = new KakaoPayCheckout();
    }

    Operation.@Nullable Named route(Call call) {
        String path = call.pathText();
        if (call.path()[0].equals("kakaopay")) {
            return checkout.route(call);
        }
        boolean old = path.startsWith("/v1/payment/");
        String name = call.path()[call.path().length - 1];
        if (!call.method().equals("POST")
                || !(old || path.startsWith("/online/v1/payment/"))
                || call.path().length != (old ? 3 : 4)
                || !OPERATIONS.contains(name)) {
            return null;
        }
        KakaoPayRequest request = old
                ? KakaoPayRequest.form(call, settings.kakaoAdminKey())
                : KakaoPayRequest.json(call, settings.kakaoSecretKey());
        List<String> ids = List.of(request.textOr("tid", ""), request.textOr("partner_order_id", ""));
        return new Operation.Named("kakaopay." + name, ids, false, tx -> run(name, tx, request), tx -> {
            throw request.refuse(name.equals("cancel") ? -781 : -780, name + " failed: the card company refused");
        });
    }

    private Answer run(String name, Book.Transaction transaction, KakaoPayRequest request) {
        if (!request.text("cid").equals(settings.cid())) {
            throw request.refuse(-731, "invalid cid");
        }
        return switch (name) {
            case "ready" -> ready(transaction, request);
            case "approve" -> approve(transaction, request);
            case "cancel" -> cancel(transaction, request);
            default -> Answer.json(200, order(find(transaction, request)));
        };
    }

    private Answer ready(Book.Transaction transaction, KakaoPayRequest request) {
        long total = request.won("total_amount");
        long taxFree = request.won("tax_free_amount");
        if (total == 0 || taxFree > total || request.won("quantity") == 0) {
            throw request.refuse(-722, "invalid amount or quantity");
        }
        String tid = "T" + UUID.randomUUID().toString().replace("-", "").substring(0, 19);
        transaction.add(event("OPENED", tid)
                .put("amount", total)
                .put("taxFree", taxFree)
                .put("vat", request.wonOr("vat_amount", Payment.vatOf(total, taxFree)))
                .put("orderName", request.text("item_name"))
                .put("orderId", request.text("partner_order_id"))
                .put("userId", request.text("partner_user_id"))
                .put("quantity", request.won("quantity"))
                .put("itemCode", request.textOr("item_code", ""))
                .put("approvalUrl", request.text("approval_url"))
                .put("cancelUrl", request.text("cancel_url"))
                .put("failUrl", request.text("fail_url")));
        String url = settings.publicUrl() + "/kakaopay/" + tid;
        return Answer.json(
                200,
                Json.object()
                        .put("tid", tid)
                        .put("next_redirect_app_url", url)
                        .put("next_redirect_mobile_url", url)
                        .put("next_redirect_pc_url", url)
                        .put("android_app_scheme", "kakaotalk://kakaopay/pg?url=" + url)
                        .put("ios_app_scheme", "kakaotalk://kakaopay/pg?url=" + url)
                        .put("created_at", LOCAL.format(transaction.now())));
    }

    private Answer approve(Book.Transaction transaction, KakaoPayRequest request) {
        Payment payment = find(transaction, request);
        if (!request.text("partner_order_id")
                .equals(payment.order.path("orderId").asText())) {
            throw request.refuse(-706, "partner_order_id does not match");
        }
        if (!request.text("partner_user_id").equals(payment.order.path("userId").asText())) {
            throw request.refuse(-707, "partner_user_id does not match");
        }
        if (payment.isCaptured()) {
            throw request.refuse(-702, "the payment is already approved");
        }
        if (payment.state == Payment.State.READY) {
            throw request.refuse(-701, "the buyer has not authenticated the payment");
        }
        if (payment.state != Payment.State.AUTHORIZED) {
            throw request.refuse(-783, "the payment is not in a state that can be approved");
        }
        if (!Digests.same(
                request.text("pg_token"), payment.order.path("pgToken").asText())) {
            throw request.refuse(-708, "invalid pg_token");
        }
        if (request.wonOr("total_amount", payment.amount) != payment.amount) {
            throw request.refuse(-704, "total_amount does not match");
        }
        String aid = aid();
        transaction.add(
                event("CAPTURED", payment.id).put("amount", payment.amount).put("pgTxId", aid));
        ObjectNode answer = common(payment, aid).put("approved_at", LOCAL.format(payment.paidAt));
        answer.set("amount", amount(payment.amount, payment.taxFree, payment.vat));
        return Answer.json(200, withPayload(answer, request));
    }

    private Answer cancel(Book.Transaction transaction, KakaoPayRequest request) {
        Payment payment = find(transaction, request);
        if (!payment.isCaptured() || payment.cancellable() == 0) {
            throw request.refuse(-784, "the payment is not in a state that can be cancelled");
        }
        long amount = request.won("cancel_amount");
        long taxFree = request.won("cancel_tax_free_amount");
        if (request.wonOr("cancel_available_amount", payment.cancellable()) != payment.cancellable()
                || amount > payment.cancellable()
                || taxFree > payment.taxFree - payment.refundedTaxFree()) {
            throw request.refuse(-710, "the amount is more than can be cancelled");
        }
        if (amount == 0 || taxFree > amount) {
            throw request.refuse(-722, "invalid amount");
        }
        long vat = request.wonOr("cancel_vat_amount", Payment.vatOf(amount, taxFree));
        String aid = aid();
        transaction.add(event("REFUNDED", payment.id)
                .put("cancellationId", aid)
                .put("amount", amount)
                .put("taxFree", taxFree)
                .put("vat", vat)
                .put("reason", request.textOr("payload", "")));
        ObjectNode answer = common(payment, aid).put("status", status(payment));
        answer.set("amount", amount(payment.amount, payment.taxFree, payment.vat));
        answer.set("approved_cancel_amount", amount(amount, taxFree, vat));
        answer.set("canceled_amount", amount(payment.refunded(), payment.refundedTaxFree(), payment.refundedVat()));
        answer.set("cancel_available_amount", available(payment));
        answer.put("approved_at", LOCAL.format(payment.paidAt)).put("canceled_at", LOCAL.format(transaction.now()));
        return Answer.json(200, withPayload(answer, request));
    }

    private ObjectNode order(Payment payment) {
        ObjectNode answer = common(payment, "").put("status", status(payment));
        answer.remove("aid");
        answer.set("amount", amount(payment.amount, payment.taxFree, payment.vat));
        answer.set("canceled_amount", amount(payment.refunded(), payment.refundedTaxFree(), payment.refundedVat()));
        answer.set("cancel_available_amount", payment.isCaptured() ? available(payment) : amount(0, 0, 0));
        var actions = answer.putArray("payment_action_details");
        if (payment.isCaptured()) {
            answer.put("approved_at", LOCAL.format(payment.paidAt));
            actions.add(action(payment.pgTxId, "PAYMENT", payment.amount, payment.paidAt));
        }
        for (Payment.Refund refund : payment.refunds) {
            answer.put("canceled_at", LOCAL.format(refund.at()));
            ObjectNode action = action(refund.id(), "CANCEL", refund.amount(), refund.at());
            boolean byApi = refund.trigger().equals("API") && !refund.reason().isEmpty();
            actions.add(byApi ? action.put("payload", refund.reason()) : action);
        }
        return answer;
    }

    private ObjectNode common(Payment payment, String aid) {
        return Json.object()
                .put("aid", aid)
                .put("tid", payment.id)
                .put("cid", settings.cid())
                .put("partner_order_id", payment.order.path("orderId").asText())
                .put("partner_user_id", payment.order.path("userId").asText())
                .put("payment_method_type", "MONEY")
                .put("item_name", payment.order.path("orderName").asText())
                .put("item_code", payment.order.path("itemCode").asText())
                .put("quantity", payment.order.path("quantity").asLong())
                .put("created_at", LOCAL.format(payment.createdAt));
    }

    private static ObjectNode available(Payment payment) {
        return amount(
                payment.cancellable(),
                payment.taxFree - payment.refundedTaxFree(),
                Math.max(0, payment.vat - payment.refundedVat()));
    }

    private static ObjectNode amount(long total, long taxFree, long vat) {
        return Json.object()
                .put("total", total)
                .put("tax_free", taxFree)
                .put("vat", vat)
                .put("point", 0)
                .put("discount", 0)
                .put("green_deposit", 0);
    }

    private static ObjectNode action(String aid, String type, long amount, Instant at) {
        return Json.object()
                .put("aid", aid)
                .put("payment_action_type", type)
                .put("amount", amount)
                .put("point_amount", 0)
                .put("discount_amount", 0)
                .put("approved_at", LOCAL.format(at));
    }

    private static ObjectNode withPayload(ObjectNode answer, KakaoPayRequest request) {
        String payload = request.textOr("payload", "");
        return payload.isEmpty() ? answer : answer.put("payload", payload);
    }

    private static Payment find(Book.Transaction transaction, KakaoPayRequest request) {
        Payment payment = transaction.find(PROVIDER, request.text("tid"));
        if (payment == null) {
            throw request.refuse(-721, "there is no payment with this tid");
        }
        return payment;
    }

    private static String status(Payment payment) {
        return switch (payment.state) {
            case PAID -> "SUCCESS_PAYMENT";
            case PARTIAL_CANCELLED -> "PART_CANCEL_PAYMENT";
            case CANCELLED -> "CANCEL_PAYMENT";
            case AUTHORIZED -> "AUTH_PASSWORD";
            case FAILED -> "FAIL_PAYMENT";
            case QUIT -> "QUIT_PAYMENT";
            default -> "READY";
        };
    }

    private static String aid() {
        return "A" + UUID.randomUUID().toString().replace("-", "").substring(0, 19);
    }

    static ObjectNode event(String type, String tid) {
        return Json.object().put("type", type).put("provider", PROVIDER).put("id", tid);
    }
}
