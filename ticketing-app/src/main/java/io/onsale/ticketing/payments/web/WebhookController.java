package io.onsale.ticketing.payments.web;

import io.onsale.platform.problem.Problem;
import io.onsale.platform.web.Detached;
import io.onsale.platform.web.Open;
import io.onsale.ticketing.payments.PaymentsProblem;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.payments.Settlement;
import io.onsale.ticketing.payments.postgres.SeenWebhooks;
import io.onsale.ticketing.payments.provider.PortOneSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What providers tell us unasked: a hint to ask, never a fact. */
@RestController
class WebhookController {

    private static final Logger log = LoggerFactory.getLogger(WebhookController.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WebhookSignature signatures;
    private final SeenWebhooks seen;
    private final Settlement settlement;
    private final Detached detached;
    private final Clock clock;

    WebhookController(
            PortOneSettings settings, SeenWebhooks seen, Settlement settlement, Detached detached, Clock clock) {
        this.signatures = new WebhookSignature(settings.webhookSecrets());
        this.seen = seen;
        this.settlement = settlement;
        this.detached = detached;
        this.clock = clock;
    }

    @Open
    @PostMapping("/api/v1/payments/webhooks/portone")
    Mono<Void> portone(
            @RequestHeader(name = "webhook-id", defaultValue = "") String id,
            @RequestHeader(name = "webhook-timestamp", defaultValue = "") String timestamp,
            @RequestHeader(name = "webhook-signature", defaultValue = "") String signature,
            @RequestBody byte[] body) {
        Instant now = clock.instant();
        if (!signatures.isGood(id, timestamp, signature, body, now)) {
            return Mono.error(Problem.of(PaymentsProblem.WEBHOOK_REFUSED).asException());
        }
        return seen.has(Provider.PORTONE, id)
                .filter(before -> !before)
                .flatMap(first -> detached.run(take(told(body)).then(seen.add(Provider.PORTONE, id, now))))
                .checkpoint("PortOne webhook");
    }

    /** That a checkout was opened, and types and fields we do not know, are none of our business. */
    private Mono<Void> take(Told told) {
        if (told.paymentId().isEmpty()) {
            return Mono.empty();
        }
        return told.isReturn() ? askNow(told.paymentId()) : settlement.checkSoon(told.paymentId());
    }

    /** An error has it sent again. */
    private Mono<Void> askNow(String paymentId) {
        return settlement
                .checkReturned(paymentId)
                .filter(answered -> !answered)
                .flatMap(unanswered -> Mono.error(Problem.of(PaymentsProblem.PROVIDER_UNAVAILABLE)
                        .retryAfter(Duration.ofSeconds(5))
                        .asException()));
    }

    /** What a webhook says, as far as it concerns us. */
    private record Told(String type, String paymentId) {

        boolean isReturn() {
            return type.equals("Transaction.Cancelled") || type.equals("Transaction.PartialCancelled");
        }
    }

    private static Told told(byte[] body) {
        try {
            JsonNode event = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            String type = event.path("type").asString("");
            boolean tellsOfMoney = type.startsWith("Transaction.") && !type.equals("Transaction.Ready");
            return new Told(
                    type, tellsOfMoney ? event.path("data").path("paymentId").asString("") : "");
        } catch (JacksonException notJson) {
            log.warn("A webhook with a good signature is no JSON");
            return new Told("", "");
        }
    }
}
