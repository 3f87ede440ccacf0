package io.onsale.ticketing.tickets;

import io.onsale.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of the tickets module. */
public enum TicketsProblem implements ProblemCode {
    TICKET_NOT_FOUND(HttpStatus.NOT_FOUND),
    TICKET_CODE_INVALID(HttpStatus.UNPROCESSABLE_ENTITY),
    TICKET_VOID(HttpStatus.CONFLICT),
    ALREADY_USED(HttpStatus.CONFLICT),
    TICKET_USED(HttpStatus.CONFLICT),
    TICKETS_PENDING(HttpStatus.CONFLICT);

    private final HttpStatus status;

    TicketsProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
