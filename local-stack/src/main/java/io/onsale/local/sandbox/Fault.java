package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A scripted misbehaviour, for the next {@code times} calls that match.
 *
 * @param operation what it applies to, e.g. {@code portone.cancel} or {@code kakaopay.approve}; {@code *} is any
 * @param paymentId the payment it applies to (PortOne's id, KakaoPay's tid or order id); {@code *} is any
 */
record Fault(String id, Kind kind, String operation, String paymentId, Duration delay, int copies, int times) {

    enum Kind {
        /** The call takes {@code delayMillis} longer before anything happens. */
        SLOW("*"),
        /** Nothing happens, and the answer stays away. */
        TIMEOUT("*"),
        /** It happens (money moves), and the answer stays away. */
        TIMEOUT_AFTER("*"),
        /** 500, nothing happened. */
        ERROR_500("*"),
        /** 500, although it happened. */
        ERROR_500_AFTER("*"),
        /** The connection is closed, nothing happened. */
        DROP("*"),
        /** The connection is closed, although it happened. */
        DROP_AFTER("*"),
        /** The bank says no: an approved checkout fails, an approve or cancel is refused by the provider. */
        DECLINED("*"),
        /** Sent {@code webhookCopies} times (10) instead of once. */
        WEBHOOK_REPEAT("webhook"),
        /** Arrives before the buyer's browser hears of the payment. */
        WEBHOOK_EARLY("webhook"),
        /** Sent {@code delayMillis} later. */
        WEBHOOK_LATE("webhook"),
        WEBHOOK_NEVER("webhook"),
        /** Held back until the payment's next webhook has been sent. */
        WEBHOOK_OUT_OF_ORDER("webhook"),
        WEBHOOK_BAD_SIGNATURE("webhook"),
        /** Signed correctly, but ten minutes old. */
        WEBHOOK_STALE("webhook");

        private final String onlyOperation;

        Kind(String onlyOperation) {
            this.onlyOperation = onlyOperation;
        }
    }

    static final List<String> OPERATIONS = List.of(
            "*",
            "webhook",
            "portone.get",
            "portone.pre-register",
            "portone.cancel",
            "portone.checkout",
            "kakaopay.ready",
            "kakaopay.checkout",
            "kakaopay.approve",
            "kakaopay.cancel",
            "kakaopay.order",
            "captcha.verify",
            "portone.identity",
            "portone.identity-window",
            "kakao.authorize",
            "kakao.token",
            "kakao.profile",
            "naver.authorize",
            "naver.token",
            "naver.profile",
            "google.authorize",
            "google.token",
            "google.profile");

    static Fault of(ObjectNode body) {
        Kind kind;
        try {
            kind = Kind.valueOf(body.path("kind").asText().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("kind must be one of " + Arrays.toString(Kind.values()), e);
        }
        String operation = body.path("operation").asText(kind.onlyOperation);
        if (!OPERATIONS.contains(operation) || (kind.onlyOperation.equals("webhook") && !operation.equals("webhook"))) {
            throw new IllegalArgumentException("operation must be one of " + OPERATIONS + " and fit the kind");
        }
        return new Fault(
                UUID.randomUUID().toString(),
                kind,
                operation,
                body.path("paymentId").asText("*"),
                Duration.ofMillis(body.path("delayMillis").asLong(kind.name().startsWith("TIMEOUT") ? 60_000 : 5_000)),
                body.path("webhookCopies").asInt(10),
                body.path("times").asInt(1));
    }

    boolean isAboutWebhooks() {
        return kind.onlyOperation.equals("webhook");
    }

    boolean matches(String calledOperation, List<String> ids) {
        boolean sameOperation = isAboutWebhooks()
                ? calledOperation.equals("webhook")
                : operation.equals(calledOperation) || (operation.equals("*") && !calledOperation.equals("webhook"));
        return sameOperation && (paymentId.equals("*") || ids.contains(paymentId));
    }

    Fault usedOnce() {
        return new Fault(id, kind, operation, paymentId, delay, copies, times - 1);
    }

    ObjectNode toJson() {
        return Json.object()
                .put("id", id)
                .put("kind", kind.name())
                .put("operation", operation)
                .put("paymentId", paymentId)
                .put("delayMillis", delay.toMillis())
                .put("webhookCopies", copies)
                .put("times", times);
    }
}
