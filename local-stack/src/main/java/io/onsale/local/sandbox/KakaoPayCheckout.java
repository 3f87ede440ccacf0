package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where KakaoPay's ready sends the buyer. Approving authenticates only (money moves in the merchant's approve): the browser goes to
 * {@code approval_url?pg_token=…}; a program that posts gets {@code {pg_token, redirect_url}} as JSON.
 */
final class KakaoPayCheckout {

    Operation.@Nullable Named route(Call call) {
        String tid = call.path().length > 1 ? call.path()[1] : "";
        String signature = call.method() + (call.path().length == 3 ? " " + call.path()[2] : "");
        return switch (signature) {
            case "GET" ->
                Operation.Named.plain(
                        "kakaopay.page",
                        List.of(tid),
                        tx -> Pages.checkout("KakaoPay", find(tx, tid), "/kakaopay/" + tid, call.query()));
            case "POST approve" ->
                new Operation.Named(
                        "kakaopay.checkout",
                        List.of(tid),
                        false,
                        tx -> approve(tx, call, tid),
                        tx -> end(tx, call, tid, "DECLINED", "failUrl"));
            case "POST decline" ->
                Operation.Named.plain(
                        "kakaopay.checkout", List.of(tid), tx -> end(tx, call, tid, "DECLINED", "failUrl"));
            case "POST cancel" ->
                Operation.Named.plain("kakaopay.checkout", List.of(tid), tx -> end(tx, call, tid, "QUIT", "cancelUrl"));
            default -> null;
        };
    }

    private static Answer approve(Book.Transaction transaction, Call call, String tid) {
        Payment payment = undecided(transaction, tid);
        if (payment.state == Payment.State.READY) {
            transaction.add(KakaoPayApi.event("AUTHORIZED", tid)
                    .put(
                            "pgToken",
                            UUID.randomUUID().toString().replace("-", "").substring(0, 20)));
        }
        String pgToken = payment.order.path("pgToken").asText();
        String url = payment.order.path("approvalUrl").asText();
        url += (url.contains("?") ? "&" : "?") + "pg_token=" + pgToken;
        return answer(call, Json.object().put("pg_token", pgToken), url);
    }

    private static Answer end(Book.Transaction transaction, Call call, String tid, String event, String urlField) {
        Payment payment = undecided(transaction, tid);
        transaction.add(KakaoPayApi.event(event, tid).put("reason", "the buyer or the bank said no"));
        return answer(call, Json.object(), payment.order.path(urlField).asText());
    }

    private static Answer answer(Call call, ObjectNode body, String url) {
        return call.fromBrowser() ? Answer.redirect(url) : Answer.json(200, body.put("redirect_url", url));
    }

    private static Payment undecided(Book.Transaction transaction, String tid) {
        Payment payment = find(transaction, tid);
        if (payment.state != Payment.State.READY && payment.state != Payment.State.AUTHORIZED) {
            throw new Refusal(Answer.json(
                    409, Json.object().put("error_code", -783).put("error_message", "the checkout is over")));
        }
        return payment;
    }

    private static Payment find(Book.Transaction transaction, String tid) {
        Payment payment = transaction.find(KakaoPayApi.PROVIDER, tid);
        if (payment == null) {
            throw new Refusal(Answer.json(
                    404, Json.object().put("error_code", -721).put("error_message", "there is no such payment")));
        }
        return payment;
    }
}
