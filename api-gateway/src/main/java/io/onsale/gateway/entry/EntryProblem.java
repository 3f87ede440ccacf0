package io.onsale.gateway.entry;

import io.onsale.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** What is refused at the door. */
enum EntryProblem implements ProblemCode {
    /** A browser page of an origin that may not call. */
    ORIGIN_REFUSED(HttpStatus.FORBIDDEN);

    private final HttpStatus status;

    EntryProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
