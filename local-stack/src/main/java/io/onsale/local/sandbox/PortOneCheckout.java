package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * PortOne's payment window. Its query carries what the browser SDK would be given: {@code totalAmount} (needed unless registered
 * before, refused when it differs), {@code orderName}, {@code redirectUrl}, {@code customData}. A program posts to {@code /approve} or
 * {@code /decline} and gets the SDK's answer as JSON.
 */
final class PortOneCheckout {

    private final Settings settings;

    PortOneCheckout(Settings settings) {
        this.settings = settings;
    }

    Operation.@Nullable Named route(Call call) {
        String id = call.path()[1];
        String choice = call.path().length == 2 ? "show" : call.path()[2];
        return switch (choice) {
            case "show" -> Operation.Named.plain("portone.page", List.of(id), tx -> page(tx, call, id));
            case "approve" ->
                new Operation.Named(
                        "portone.checkout",
                        List.of(id),
                        false,
                        tx -> approve(tx, call, id),
                        tx -> decline(tx, call, id));
            case "decline" -> Operation.Named.plain("portone.checkout", List.of(id), tx -> decline(tx, call, id));
            default -> null;
        };
    }

    private Answer page(Book.Transaction transaction, Call call, String id) {
        Payment payment = open(transaction, call, id, false);
        return Pages.checkout("PortOne", payment, "/checkout/" + id, call.query());
    }

    private Answer approve(Book.Transaction transaction, Call call, String id) {
        Payment payment = open(transaction, call, id, true);
        transaction.add(event("CAPTURED", id)
                .put("transactionId", payment.transactionId)
                .put("pgTxId", "tx" + UUID.randomUUID().toString().replace("-", ""))
                .put("amount", payment.amount));
        Webhooks.queued(settings, transaction, payment, "Transaction.Paid", null);
        return back(call, payment, null);
    }

    private Answer decline(Book.Transaction transaction, Call call, String id) {
        Payment payment = open(transaction, call, id, true);
        String reason = "카드사에서 거절했습니다 (declined by the card issuer)";
        transaction.add(event("DECLINED", id).put("reason", reason));
        Webhooks.queued(settings, transaction, payment, "Transaction.Failed", null);
        return back(call, payment, reason);
    }

    /** Opens the window: a payment comes to be, or (after a failed attempt) a new transaction of it. */
    private Payment open(Book.Transaction transaction, Call call, String id, boolean acting) {
        Payment known = transaction.find(PortOneApi.PROVIDER, id);
        if (known != null && known.isCaptured()) {
            if (acting) {
                throw Refusal.portOne(409, "ALREADY_PAID", "the payment " + id + " is paid");
            }
            return known;
        }
        Map<String, String> asked = call.query();
        long amount = amount(known, asked.get("totalAmount"));
        if (known != null && (known.state == Payment.State.READY || (!acting && known.state == Payment.State.FAILED))) {
            return known;
        }
        ObjectNode event = event("OPENED", id)
                .put("transactionId", UUID.randomUUID().toString())
                .put("amount", amount)
                .put("taxFree", known == null ? 0 : known.taxFree)
                .put("currency", known == null ? "KRW" : known.currency)
                .put("orderName", asked.getOrDefault("orderName", "onsale"));
        for (String optional : List.of("redirectUrl", "customData", "customerId")) {
            if (asked.containsKey(optional)) {
                event.put(optional, asked.get(optional));
            }
        }
        transaction.add(event);
        Payment opened = PortOneApi.opened(transaction, id);
        Webhooks.queued(settings, transaction, opened, "Transaction.Ready", null);
        return opened;
    }

    private static long amount(@Nullable Payment known, @Nullable String asked) {
        if (known == null && asked == null) {
            throw Refusal.portOne(404, "PAYMENT_NOT_FOUND", "not registered, and no totalAmount was given");
        }
        if (asked != null && !asked.matches("\\d{1,15}")) {
            throw PortOneApi.invalid("totalAmount must be a whole amount");
        }
        long amount = asked == null ? -1 : Long.parseLong(asked);
        if (known != null && asked != null && known.amount != amount) {
            throw PortOneApi.invalid("the amount " + amount + " differs from the registered " + known.amount);
        }
        return known == null ? amount : known.amount;
    }

    /** What the SDK resolves to, and for a browser the way back to the shop with the same fields in its query. */
    private static Answer back(Call call, Payment payment, @Nullable String failure) {
        ObjectNode result = Json.object()
                .put("transactionType", "PAYMENT")
                .put("txId", payment.transactionId)
                .put("paymentId", payment.id);
        if (failure != null) {
            result.put("code", "FAILURE_TYPE_PG").put("message", failure).put("pgCode", "F113");
        }
        if (!call.fromBrowser()) {
            return Answer.json(200, result);
        }
        String redirectUrl = payment.order.path("redirectUrl").asText();
        if (redirectUrl.isEmpty()) {
            return Pages.result("PortOne", payment, failure);
        }
        StringBuilder location = new StringBuilder(redirectUrl).append(redirectUrl.contains("?") ? '&' : '?');
        result.fields()
                .forEachRemaining(field -> location.append(field.getKey())
                        .append('=')
                        .append(URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8))
                        .append('&'));
        return Answer.redirect(location.substring(0, location.length() - 1));
    }

    private static ObjectNode event(String type, String id) {
        return Json.object()
                .put("type", type)
                .put("provider", PortOneApi.PROVIDER)
                .put("id", id);
    }
}
