package io.onsale.ticketing.checkout;

import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemCode;
import io.onsale.platform.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** Refusals of the checkout. */
public enum CheckoutProblem implements ProblemCode {
    RESERVATION_NOT_FOUND(HttpStatus.NOT_FOUND),
    NOT_CANCELLABLE(HttpStatus.CONFLICT),
    REFUND_UNDER_WAY(HttpStatus.CONFLICT),
    CANCELLATION_CLOSED(HttpStatus.CONFLICT),
    TICKETS_NOT_OF_RESERVATION(HttpStatus.UNPROCESSABLE_ENTITY),
    EVENT_NOT_FOUND(HttpStatus.NOT_FOUND),
    NOT_CANCELLED(HttpStatus.NOT_FOUND),
    RETURN_NOT_FOUND(HttpStatus.NOT_FOUND);

    private final HttpStatus status;

    CheckoutProblem(HttpStatus status) {
        this.status = status;
    }

    static ProblemException refundUnderWay() {
        return Problem.of(REFUND_UNDER_WAY).retryAfter(Duration.ofSeconds(5)).asException();
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
