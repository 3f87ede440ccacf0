package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** Full and partial cancellation with the consistency checks that PortOne documents. */
final class PortOneCancels {

    private final Settings settings;

    PortOneCancels(Settings settings) {
        this.settings = settings;
    }

    private record Parts(long amount, long taxFree, long vat) {}

    Answer cancel(Book.Transaction transaction, String id, ObjectNode body) {
        PortOneApi.checkStore(settings, PortOneApi.textOrNull(body, "storeId"));
        String reason = PortOneApi.textOrNull(body, "reason");
        if (reason == null || reason.isBlank()) {
            throw PortOneApi.invalid("reason is needed");
        }
        String requester = PortOneApi.textOrNull(body, "requester");
        if (requester != null && !requester.equals("CUSTOMER") && !requester.equals("ADMIN")) {
            throw PortOneApi.invalid("requester is CUSTOMER or ADMIN");
        }
        Payment payment = cancellable(transaction, id);
        Parts parts = parts(payment, body);
        ObjectNode event = Json.object()
                .put("type", "REFUNDED")
                .put("provider", PortOneApi.PROVIDER)
                .put("id", id)
                .put("cancellationId", UUID.randomUUID().toString())
                .put("amount", parts.amount)
                .put("taxFree", parts.taxFree)
                .put("vat", parts.vat)
                .put("reason", reason);
        transaction.add(event);
        if (!body.path("skipWebhook").asBoolean(false)) {
            Webhooks.queued(
                    settings,
                    transaction,
                    payment,
                    PortOneViews.webhookType(payment),
                    event.path("cancellationId").asText());
        }
        ObjectNode answer = Json.object();
        answer.set("cancellation", PortOneViews.cancellation(payment.refunds.get(payment.refunds.size() - 1)));
        return Answer.json(200, answer);
    }

    private static Payment cancellable(Book.Transaction transaction, String id) {
        Payment payment = PortOneApi.opened(transaction, id);
        if (payment.state == Payment.State.CANCELLED) {
            throw conflict("PAYMENT_ALREADY_CANCELLED", "everything has been given back");
        }
        if (!payment.isCaptured()) {
            throw conflict("PAYMENT_NOT_PAID", "nothing has been paid");
        }
        return payment;
    }

    private static Parts parts(Payment payment, ObjectNode body) {
        long left = payment.cancellable();
        if (PortOneApi.wonOr(body, "currentCancellableAmount", left) != left) {
            throw conflict("CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN", "the cancellable amount is " + left);
        }
        boolean whole =
                body.path("amount").isMissingNode() || body.path("amount").isNull();
        long amount = PortOneApi.wonOr(body, "amount", left);
        long taxFreeLeft = payment.taxFree - payment.refundedTaxFree();
        long taxFree = PortOneApi.wonOr(body, "taxFreeAmount", whole ? taxFreeLeft : 0);
        long vat = PortOneApi.wonOr(body, "vatAmount", Payment.vatOf(amount, Math.min(taxFree, amount)));
        if (amount == 0) {
            throw PortOneApi.invalid("amount must be positive");
        }
        if (amount > left) {
            throw conflict("CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT", "at most " + left + " can be cancelled");
        }
        if (taxFree + vat > amount) {
            throw conflict("SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT", "tax-free and VAT are more than the amount");
        }
        if (taxFree > taxFreeLeft) {
            throw conflict(
                    "CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT", "tax-free left: " + taxFreeLeft);
        }
        if (amount - taxFree > left - taxFreeLeft) {
            throw conflict("CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT", "taxed left: " + (left - taxFreeLeft));
        }
        return new Parts(amount, taxFree, vat);
    }

    private static Refusal conflict(String type, String message) {
        return Refusal.portOne(409, type, message);
    }
}
