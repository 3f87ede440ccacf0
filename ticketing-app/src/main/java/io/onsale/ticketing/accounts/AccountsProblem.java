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
    CAPTCHA_REQUIRED(HttpStatus.FORBIDDEN),
    CAPTCHA_FAILED(HttpStatus.FORBIDDEN),
    IDENTITY_REQUIRED(HttpStatus.FORBIDDEN),
    IDENTITY_NOT_VERIFIED(HttpStatus.FORBIDDEN),
    SOCIAL_DENIED(HttpStatus.UNAUTHORIZED),
    SOCIAL_EMAIL_TAKEN(HttpStatus.CONFLICT),
    CODE_INVALID(HttpStatus.UNAUTHORIZED),
    LINK_INVALID(HttpStatus.BAD_REQUEST),
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
