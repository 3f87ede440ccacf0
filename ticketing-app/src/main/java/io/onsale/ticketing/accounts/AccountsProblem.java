package io.onsale.ticketing.accounts;

import io.onsale.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of the accounts module. */
public enum AccountsProblem implements ProblemCode {
    EMAIL_TAKEN(HttpStatus.CONFLICT),
    IDENTITY_TAKEN(HttpStatus.CONFLICT),
    BAD_CREDENTIALS(HttpStatus.UNAUTHORIZED),
    REFRESH_INVALID(HttpStatus.UNAUTHORIZED),
    REFRESH_REUSED(HttpStatus.UNAUTHORIZED),
    PASSWORD_WRONG(HttpStatus.FORBIDDEN),
    LAST_ADMIN(HttpStatus.CONFLICT);

    private final HttpStatus status;

    AccountsProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
