package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PortOne V2 as its public OpenAPI document describes it, for the calls that a merchant's server makes, and its checkout. */
final class PortOneApi {

    static final String PROVIDER = "PORTONE";

    private final Settings settings;
    private final PortOneTokens tokens;
    private final PortOneCancels cancels;
    private final PortOneCheckout checkout;
    private final PortOneViews views;

    PortOneApi(Settings settings) {
        this.settings = settings;
        this.views = new PortOneViews(settings);
        this.tokens = new PortOneTokens(settings.apiSecret());
        this.cancels = new PortOneCancels(settings);
        this.checkout = new PortOneCheckout(settings);
    }

    /** Null when the call is not PortOne's; a {@link Refusal} when it may not be made. */
    Operation.@Nullable Named route(Call call) {
        String[] path = call.path();
        String signature = call.method() + " " + path[0] + "/" + path.length;
        return switch (signature) {
            case "POST login/2" -> Operation.Named.plain("portone.login", List.of(), tx -> tokens.login(body(call)));
            case "POST token/2" -> Operation.Named.plain("portone.login", List.of(), tx -> tokens.refresh(body(call)));
            case "GET payments/2" -> authorized(call, "portone.get", false, tx -> get(tx, call));
            case "POST payments/3" -> post(call);
            case "GET checkout/2", "POST checkout/3" -> checkout.route(call);
            default -> null;
        };
    }

    private Operation.@Nullable Named post(Call call) {
        String id = call.path()[1];
        return switch (call.path()[2]) {
            case "pre-register" ->
                authorized(call, "portone.pre-register", true, tx -> preRegister(tx, id, body(call)));
            case "cancel" -> authorized(call, "portone.cancel", true, tx -> cancels.cancel(tx, id, body(call)));
            case "resend-webhook" -> authorized(call, "portone.resend-webhook", true, tx -> resend(tx, id));
            default -> null;
        };
    }

    private Operation.Named authorized(Call call, String name, boolean keyed, Operation work) {
        tokens.check(call.headerOr("authorization", ""));
        return new Operation.Named(name, List.of(call.path()[1]), keyed, work, tx -> {
            throw new Refusal(Answer.json(
                    502,
                    Json.object()
                            .put("type", "PG_PROVIDER")
                            .put("message", "the payment gateway refused")
                            .put("pgCode", "F113")
                            .put("pgMessage", "카드사 거절")));
        });
    }

    private Answer get(Book.Transaction transaction, Call call) {
        checkStore(settings, call.query().get("storeId"));
        return Answer.json(200, views.payment(opened(transaction, call.path()[1])));
    }

    private Answer preRegister(Book.Transaction transaction, String id, ObjectNode body) {
        checkStore(settings, textOrNull(body, "storeId"));
        Payment payment = transaction.find(PROVIDER, id);
        if (payment != null && payment.isCaptured()) {
            throw Refusal.portOne(409, "ALREADY_PAID", "the payment " + id + " is paid");
        }
        long amount = wonOr(body, "totalAmount", -1);
        long taxFree = wonOr(body, "taxFreeAmount", 0);
        String currency = body.path("currency").asText("KRW");
        if (amount < 0 || taxFree > amount || !currency.matches("[A-Z]{3}")) {
            throw invalid("totalAmount is needed and taxFreeAmount is a part of it");
        }
        transaction.add(Json.object()
                .put("type", "PRE_REGISTERED")
                .put("provider", PROVIDER)
                .put("id", id)
                .put("amount", amount)
                .put("taxFree", taxFree)
                .put("currency", currency));
        return Answer.json(200, Json.object());
    }

    private Answer resend(Book.Transaction transaction, String id) {
        Payment payment = opened(transaction, id);
        ObjectNode webhook = Webhooks.queued(settings, transaction, payment, PortOneViews.webhookType(payment), null);
        ObjectNode body = Json.object();
        body.putObject("webhook").put("id", webhook.path("webhookId").asText()).put("url", settings.webhookUrl());
        return Answer.json(200, body);
    }

    /** A payment exists for PortOne from the moment its checkout opens; an amount registered before is not one yet. */
    static Payment opened(Book.Transaction transaction, String id) {
        Payment payment = transaction.find(PROVIDER, id);
        if (payment == null || payment.state == Payment.State.REGISTERED) {
            throw Refusal.portOne(404, "PAYMENT_NOT_FOUND", "there is no payment " + id);
        }
        return payment;
    }

    static void checkStore(Settings settings, @Nullable String storeId) {
        if (storeId != null && !storeId.equals(settings.storeId())) {
            throw Refusal.portOne(403, "FORBIDDEN", "the store " + storeId + " is not yours");
        }
    }

    static ObjectNode body(Call call) {
        try {
            return Json.parse(call.body().length == 0 ? new byte[] {'{', '}'} : call.body());
        } catch (IOException e) {
            throw invalid("the body is not a JSON object");
        }
    }

    static @Nullable String textOrNull(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid(field + " must be a string");
        }
        return value.asText();
    }

    /** A whole, non-negative amount; the fallback when the field is absent. */
    static long wonOr(ObjectNode body, String field, long fallback) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw invalid(field + " must be a whole amount");
        }
        return value.asLong();
    }

    static Refusal invalid(String message) {
        return Refusal.portOne(400, "INVALID_REQUEST", message);
    }
}
