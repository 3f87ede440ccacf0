package io.onsale.ticketing.payments;

import io.onsale.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of the payments module. */
public enum PaymentsProblem implements ProblemCode {
    PAYMENT_NOT_FOUND(HttpStatus.NOT_FOUND),
    ALREADY_PAID(HttpStatus.CONFLICT),
    PAYMENT_IN_PROGRESS(HttpStatus.CONFLICT),
    PROVIDER_NOT_OFFERED(HttpStatus.UNPROCESSABLE_ENTITY),
    PROVIDER_REFERENCE_WRONG(HttpStatus.UNPROCESSABLE_ENTITY),
    PROVIDER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    REFUND_NOT_FOUND(HttpStatus.NOT_FOUND),
    REFUND_EXCEEDS_PAYMENT(HttpStatus.CONFLICT),
    RETURN_UNDECIDED(HttpStatus.CONFLICT),
    WEBHOOK_REFUSED(HttpStatus.UNAUTHORIZED);

    private final HttpStatus status;

    PaymentsProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
