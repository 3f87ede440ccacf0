package io.onsale.ticketing.catalog;

import io.onsale.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of the catalogue. */
public enum CatalogProblem implements ProblemCode {
    EVENT_FROZEN(HttpStatus.CONFLICT),
    EVENT_CANCELLED(HttpStatus.CONFLICT),
    EVENT_ENDED(HttpStatus.CONFLICT),
    EVENT_HAS_BOOKINGS(HttpStatus.CONFLICT),
    SEATS_IN_USE(HttpStatus.CONFLICT),
    IN_USE(HttpStatus.CONFLICT),
    IMAGE_UNREADABLE(HttpStatus.BAD_REQUEST),
    IMAGE_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    IMAGE_LIMIT(HttpStatus.CONFLICT);

    private final HttpStatus status;

    CatalogProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
