package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A payment in PortOne's words: the required fields of each status, and the usual optional ones. */
final class PortOneViews {

    private final Settings settings;

    PortOneViews(Settings settings) {
        this.settings = settings;
    }

    ObjectNode payment(Payment payment) {
        ObjectNode json = Json.object()
                .put("status", payment.state.name())
                .put("id", payment.id)
                .put("transactionId", payment.transactionId)
                .put("merchantId", "merchant-onsale-local")
                .put("storeId", settings.storeId())
                .put("version", "V2")
                .put("requestedAt", payment.createdAt.toString())
                .put("updatedAt", payment.changedAt.toString())
                .put("statusChangedAt", payment.changedAt.toString())
                .put("orderName", payment.order.path("orderName").asText())
                .put("currency", payment.currency);
        json.putObject("channel")
                .put("type", "TEST")
                .put("key", settings.channelKey())
                .put("name", "onsale sandbox")
                .put("pgProvider", "TOSSPAYMENTS")
                .put("pgMerchantId", "tosstest");
        json.set("amount", amount(payment));
        json.putObject("customer").put("id", payment.order.path("customerId").asText("anonymous"));
        json.putObject("origin").put("platformType", "PC").put("ipAddress", "127.0.0.1");
        if (payment.order.hasNonNull("customData")) {
            json.set("customData", payment.order.get("customData"));
        }
        return withOutcome(json, payment);
    }

    private static ObjectNode withOutcome(ObjectNode json, Payment payment) {
        if (payment.state == Payment.State.FAILED) {
            json.put("failedAt", payment.changedAt.toString());
            json.putObject("failure")
                    .put("reason", payment.failure)
                    .put("pgCode", "PAY_PROCESS_CANCELED")
                    .put("pgMessage", payment.failure);
        }
        if (payment.isCaptured()) {
            json.putObject("method").put("type", "PaymentMethodCard").put("approvalNumber", payment.pgTxId);
            json.put("paidAt", payment.paidAt.toString()).put("pgTxId", payment.pgTxId);
            json.putArray("disputes");
        }
        if (!payment.refunds.isEmpty()) {
            ArrayNode cancellations = json.putArray("cancellations");
            payment.refunds.forEach(refund -> cancellations.add(cancellation(refund)));
            json.put("cancelledAt", payment.changedAt.toString());
        }
        return json;
    }

    private static ObjectNode amount(Payment payment) {
        return Json.object()
                .put("total", payment.amount)
                .put("taxFree", payment.taxFree)
                .put("vat", payment.vat)
                .put("supply", payment.amount - payment.taxFree - payment.vat)
                .put("discount", 0)
                .put("paid", payment.captured)
                .put("cancelled", payment.refunded())
                .put("cancelledTaxFree", payment.refundedTaxFree());
    }

    static ObjectNode cancellation(Payment.Refund refund) {
        return Json.object()
                .put("status", "SUCCEEDED")
                .put("id", refund.id())
                .put("pgCancellationId", "pg-" + refund.id())
                .put("totalAmount", refund.amount())
                .put("taxFreeAmount", refund.taxFree())
                .put("vatAmount", refund.vat())
                .put("reason", refund.reason())
                .put("cancelledAt", refund.at().toString())
                .put("requestedAt", refund.at().toString())
                .put("trigger", refund.trigger());
    }

    static String webhookType(Payment payment) {
        return switch (payment.state) {
            case PAID -> "Transaction.Paid";
            case PARTIAL_CANCELLED -> "Transaction.PartialCancelled";
            case CANCELLED -> "Transaction.Cancelled";
            case FAILED -> "Transaction.Failed";
            default -> "Transaction.Ready";
        };
    }
}
