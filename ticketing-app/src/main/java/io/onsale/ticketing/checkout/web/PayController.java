package io.onsale.ticketing.checkout.web;

import io.onsale.platform.idempotency.Idempotency;
import io.onsale.platform.idempotency.Keyed;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.web.Detached;
import io.onsale.ticketing.checkout.Paying;
import io.onsale.ticketing.payments.Checkout;
import io.onsale.ticketing.payments.PaymentState;
import io.onsale.ticketing.payments.Provider;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The way from a hold to the provider's checkout. */
@RestController
class PayController {

    /**
     * @param method the provider's name for how to pay, e.g. {@code CARD}; its own choice when absent
     */
    @Schema(example = """
                {"reservationId": "01980000-0000-7000-8000-000000000007",
                 "paymentToken": "as the hold told",
                 "provider": "PORTONE", "method": "CARD"}
                """)
    record PayRequest(
            @NotBlank @Size(max = 64) String reservationId,
            @NotBlank @Size(max = 512) String paymentToken,
            @NotNull Provider provider,
            @Nullable @Pattern(regexp = "[A-Z_]{1,32}") String method) {}

    record PayAnswer(String paymentId, PaymentState status, long amount, Checkout checkout) {}

    private final Paying paying;
    private final Idempotency idempotency;
    private final Detached detached;

    PayController(Paying paying, Idempotency idempotency, Detached detached) {
        this.paying = paying;
        this.idempotency = idempotency;
        this.detached = detached;
    }

    @Keyed
    @PostMapping("/api/v1/payments")
    @ApiResponse(
            responseCode = "201",
            description = "Begun",
            content = @Content(schema = @Schema(implementation = PayAnswer.class)))
    Mono<ResponseEntity<byte[]>> pay(
            @Valid @RequestBody PayRequest request, Caller caller, ServerWebExchange exchange) {
        return detached.run(idempotency.once(
                exchange, caller.userId(), "POST /payments", request, requestId -> pay(request, caller)));
    }

    private Mono<ResponseEntity<PayAnswer>> pay(PayRequest request, Caller caller) {
        return paying.begin(
                        request.reservationId(),
                        caller.userId(),
                        request.paymentToken(),
                        request.provider(),
                        request.method())
                .map(begun -> ResponseEntity.status(HttpStatus.CREATED)
                        .body(new PayAnswer(
                                begun.payment().paymentId(),
                                begun.payment().status(),
                                begun.payment().amount(),
                                begun.checkout())));
    }
}
