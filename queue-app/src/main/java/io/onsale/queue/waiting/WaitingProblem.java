package io.onsale.queue.waiting;

import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemCode;
import io.onsale.platform.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.HttpStatus;

/** Why the waiting room refuses. */
public enum WaitingProblem implements ProblemCode {
    EVENT_NOT_FOUND(HttpStatus.NOT_FOUND),
    NOT_IN_LINE(HttpStatus.NOT_FOUND),
    NO_DRAW(HttpStatus.NOT_FOUND),
    NO_WAITING_ROOM(HttpStatus.CONFLICT),
    BEACON_REFUSED(HttpStatus.CONFLICT),
    ALREADY_WAITING_ELSEWHERE(HttpStatus.CONFLICT),
    SALE_CLOSED(HttpStatus.CONFLICT),
    SALE_NOT_OPEN(HttpStatus.CONFLICT),
    LINE_FULL(HttpStatus.SERVICE_UNAVAILABLE),
    WAITING_ROOM_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    WaitingProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    public Problem problem() {
        return Problem.of(this);
    }

    public ProblemException asException() {
        return problem().asException();
    }

    /** The store does not answer; come again in a few seconds, not all at the same one. */
    public static ProblemException unavailable() {
        long seconds = 2 + ThreadLocalRandom.current().nextLong(4);
        return WAITING_ROOM_UNAVAILABLE
                .problem()
                .retryAfter(Duration.ofSeconds(seconds))
                .asException();
    }
}
