package io.onsale.ticketing.reservations;

import io.onsale.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Why seats are not held, changed or paid for. */
public enum ReservationsProblem implements ProblemCode {
    SEAT_TAKEN(HttpStatus.CONFLICT),
    SEAT_UNKNOWN(HttpStatus.BAD_REQUEST),
    NO_SEATS_TOGETHER(HttpStatus.CONFLICT),
    AREA_FULL(HttpStatus.CONFLICT),
    PASS_REQUIRED(HttpStatus.FORBIDDEN),
    PASS_INVALID(HttpStatus.FORBIDDEN),
    PASS_EXPIRED(HttpStatus.FORBIDDEN),
    PASS_IN_USE(HttpStatus.CONFLICT),
    LIMIT_EXCEEDED(HttpStatus.CONFLICT),
    SALE_CLOSED(HttpStatus.CONFLICT),
    HOLD_ENDED(HttpStatus.CONFLICT),
    ALREADY_PAID(HttpStatus.CONFLICT),
    PAYMENT_IN_PROGRESS(HttpStatus.CONFLICT),
    NOT_CONFIRMED(HttpStatus.CONFLICT),
    PAYMENT_TOKEN_INVALID(HttpStatus.FORBIDDEN),
    PAYMENT_TOKEN_EXPIRED(HttpStatus.FORBIDDEN),
    PAYMENT_TOKEN_USED(HttpStatus.CONFLICT),
    HOLD_UNCERTAIN(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    ReservationsProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
