package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The provider's books for auditors: {@code GET /ledger}, or of one payment by {@code ?paymentId=}. */
final class LedgerView {

    private LedgerView() {}

    static Answer answer(Book book, Call call) {
        String wanted = call.query().getOrDefault("paymentId", "");
        List<ObjectNode> payments = book.map(LedgerView::entry).stream()
                .filter(entry -> wanted.isEmpty()
                        || entry.path("paymentId").asText().equals(wanted)
                        || entry.path("orderId").asText().equals(wanted))
                .toList();
        ObjectNode body = Json.object();
        body.put("captures", sum(payments, "captures"));
        body.put("capturedAmount", sum(payments, "captured"));
        body.put(
                "refunds",
                payments.stream().mapToLong(p -> p.path("refunds").size()).sum());
        body.put("refundedAmount", sum(payments, "refunded"));
        ArrayNode list = body.putArray("payments");
        payments.forEach(list::add);
        return Answer.json(200, body);
    }

    private static long sum(List<ObjectNode> payments, String field) {
        return payments.stream()
                .mapToLong(payment -> payment.path(field).asLong())
                .sum();
    }

    private static ObjectNode entry(Payment payment) {
        ObjectNode entry = Json.object()
                .put("provider", payment.provider)
                .put("paymentId", payment.id)
                .put("orderId", payment.order.path("orderId").asText(payment.id))
                .put("status", payment.state.name())
                .put("amount", payment.amount)
                .put("captures", payment.captures)
                .put("captured", payment.captured)
                .put("refunded", payment.refunded())
                .put("createdAt", payment.createdAt.toString())
                .put("changedAt", payment.changedAt.toString());
        ArrayNode refunds = entry.putArray("refunds");
        payment.refunds.forEach(refund -> refunds.addObject()
                .put("id", refund.id())
                .put("amount", refund.amount())
                .put("reason", refund.reason())
                .put("trigger", refund.trigger())
                .put("at", refund.at().toString()));
        return entry;
    }
}
