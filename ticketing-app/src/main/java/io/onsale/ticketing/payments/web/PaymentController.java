package io.onsale.ticketing.payments.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.onsale.platform.idempotency.Idempotency;
import io.onsale.platform.idempotency.Keyed;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.web.Detached;
import io.onsale.platform.web.Page;
import io.onsale.ticketing.payments.PaymentState;
import io.onsale.ticketing.payments.PaymentsProblem;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.payments.Settlement;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.postgres.PaymentRows;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The buyer's side of a payment. */
@RestController
@RequestMapping("/api/v1/payments")
class PaymentController {

    /**
     * @param providerReference what the checkout gave the buyer: {@code paymentId} for PortOne, {@code pgToken} for KakaoPay
     */
    @Schema(example = """
                {"paymentId": "01980000-0000-7000-8000-000000000006",
                 "providerReference": {"paymentId": "01980000-0000-7000-8000-000000000006"}}
                """)
    record ConfirmRequest(
            @NotBlank @Size(max = 64) String paymentId,

            @Nullable @Size(max = 4)
            Map<@Size(max = 32) String, @NotBlank @Size(max = 255) String> providerReference) {}

    record Confirmed(String paymentId, PaymentState status) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PaymentAnswer(
            String paymentId,
            String reservationId,
            Provider provider,
            PaymentState status,
            @Nullable String reason,
            long amount,
            long refundedAmount,
            @Nullable Instant capturedAt,
            Instant createdAt,
            @Nullable List<PaymentRows.Past> history) {}

    private final PaymentRows payments;
    private final Settlement settlement;
    private final Idempotency idempotency;
    private final Detached detached;

    PaymentController(PaymentRows payments, Settlement settlement, Idempotency idempotency, Detached detached) {
        this.payments = payments;
        this.settlement = settlement;
        this.idempotency = idempotency;
        this.detached = detached;
    }

    @Keyed
    @PostMapping("/confirm")
    @ApiResponse(
            responseCode = "200",
            description = "The money's answer",
            content = @Content(schema = @Schema(implementation = Confirmed.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Still asking the provider",
            content = @Content(schema = @Schema(implementation = Confirmed.class)))
    Mono<ResponseEntity<byte[]>> confirm(
            @Valid @RequestBody ConfirmRequest request, Caller caller, ServerWebExchange exchange) {
        return detached.run(idempotency.once(
                exchange, caller.userId(), "POST /payments/confirm", request, requestId -> confirm(request, caller)));
    }

    private Mono<ResponseEntity<Confirmed>> confirm(ConfirmRequest request, Caller caller) {
        return settlement
                .confirm(
                        request.paymentId(),
                        caller.userId(),
                        Objects.requireNonNullElse(request.providerReference(), Map.of()))
                .map(PaymentController::confirmed);
    }

    /** The money's answer: known, or still being asked for. */
    private static ResponseEntity<Confirmed> confirmed(Payment payment) {
        return payment.state().isOpen()
                ? ResponseEntity.status(HttpStatus.ACCEPTED).body(new Confirmed(payment.id(), PaymentState.UNKNOWN))
                : ResponseEntity.ok(new Confirmed(payment.id(), payment.state()));
    }

    @GetMapping
    Mono<Page<PaymentAnswer>> list(
            @RequestParam(defaultValue = "0") @Min(0) @Max(Page.MAX_PAGE) int page,
            @RequestParam(defaultValue = Page.DEFAULT_SIZE) @Min(1) @Max(Page.MAX_SIZE) int size,
            Caller caller) {
        return payments.ofUser(caller.userId(), (long) page * size, size)
                .map(payment -> answer(payment, null))
                .collectList()
                .zipWith(payments.countOfUser(caller.userId()))
                .map(found -> new Page<>(found.getT1(), page, size, found.getT2()));
    }

    @GetMapping("/{id}")
    Mono<PaymentAnswer> detail(@PathVariable String id, Caller caller) {
        return own(id, caller)
                .zipWhen(payment -> payments.history(id).collectList())
                .map(found -> answer(found.getT1(), found.getT2()));
    }

    private Mono<Payment> own(String id, Caller caller) {
        return payments.find(id)
                .filter(payment -> payment.order().userId().equals(caller.userId()))
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(PaymentsProblem.PAYMENT_NOT_FOUND).asException()));
    }

    private static PaymentAnswer answer(Payment payment, @Nullable List<PaymentRows.Past> history) {
        return new PaymentAnswer(
                payment.id(),
                payment.order().reservationId(),
                payment.order().provider(),
                payment.state(),
                payment.reason(),
                payment.order().amount(),
                payment.money().refunded(),
                payment.money().capturedAt(),
                payment.createdAt(),
                history);
    }
}
