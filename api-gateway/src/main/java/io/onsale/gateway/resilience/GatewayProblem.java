package io.onsale.gateway.resilience;

import io.onsale.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** What clients are told when no service answers them. */
enum GatewayProblem implements ProblemCode {
    /** Not reached: nothing was done. */
    SERVICE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** The connection broke before the answer: what was done is unknown. */
    SERVICE_INTERRUPTED(HttpStatus.SERVICE_UNAVAILABLE),
    /** No answer in time: what was done is unknown. */
    SERVICE_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT),
    /** Shed before anything was done. */
    OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    GatewayProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
