package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The providers' consoles, where a merchant's people give money back by hand: the merchant's server is not asked. PortOne tells it
 * by webhook afterwards; KakaoPay does not, and shows it only to who asks for the order.
 */
final class Console {

    private final Settings settings;

    Console(Settings settings) {
        this.settings = settings;
    }

    /** {@code POST /console/payments/{id}/cancel {amount?, reason?}}: all that is left when no amount is named. */
    Operation.@Nullable Named route(Call call) {
        String[] path = call.path();
        if (!path[0].equals("console") || path.length != 4 || !call.method().equals("POST")) {
            return null;
        }
        return Operation.Named.plain(
                "console.cancel", List.of(path[2]), tx -> cancel(tx, path[2], PortOneApi.body(call)));
    }

    private Answer cancel(Book.Transaction transaction, String id, ObjectNode body) {
        Payment payment = transaction.captured(id);
        if (payment == null) {
            throw Refusal.portOne(404, "PAYMENT_NOT_FOUND", "nothing was paid under " + id);
        }
        long amount = PortOneApi.wonOr(body, "amount", payment.cancellable());
        if (amount == 0 || amount > payment.cancellable()) {
            throw PortOneApi.invalid("at most " + payment.cancellable() + " can be given back");
        }
        long taxFree = Math.min(amount, payment.taxFree - payment.refundedTaxFree());
        String cancellationId = UUID.randomUUID().toString();
        transaction.add(Json.object()
                .put("type", "REFUNDED")
                .put("provider", payment.provider)
                .put("id", payment.id)
                .put("cancellationId", cancellationId)
                .put("amount", amount)
                .put("taxFree", taxFree)
                .put("vat", Payment.vatOf(amount, taxFree))
                .put("reason", body.path("reason").asText("by hand"))
                .put("trigger", "CONSOLE"));
        if (payment.provider.equals(PortOneApi.PROVIDER)) {
            Webhooks.queued(settings, transaction, payment, PortOneViews.webhookType(payment), cancellationId);
        }
        return Answer.json(200, Json.object().put("id", cancellationId).put("left", payment.cancellable()));
    }
}
