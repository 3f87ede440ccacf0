package io.onsale.platform.problem;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Answers every error of a request with a problem; what nobody foresaw is logged and told as {@code INTERNAL}. */
final class ProblemHandler implements WebExceptionHandler, Ordered {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final ProblemWriter writer;
    private final TraceIds traceIds;
    private final List<PassingTrouble> passing;

    ProblemHandler(ProblemWriter writer, TraceIds traceIds, List<PassingTrouble> passing) {
        this.writer = writer;
        this.traceIds = traceIds;
        this.passing = passing;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        if (passing.stream().anyMatch(trouble -> trouble.is(error))) {
            log.warn(
                    "{} {} not now: {}",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    error.toString());
            return writer.write(exchange, Problem.of(CommonProblem.UNAVAILABLE).retryAfter(COME_AGAIN));
        }
        // Passed on, it would be told to operators as an error of ours, with its stack, whenever somebody hangs up in
        // mid-body.
        if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
            log.debug(
                    "{} {} was broken off",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath());
            return writer.write(exchange, Problem.of(CommonProblem.UNAVAILABLE).retryAfter(COME_AGAIN));
        }
        Problem problem = ProblemTranslator.translate(error);
        if (problem.code() == CommonProblem.INTERNAL) {
            log.error(
                    "{} {} failed, trace {}",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    traceIds.of(exchange),
                    error);
        }
        return writer.write(exchange, problem);
    }

    /** Before Boot's own error page. */
    @Override
    public int getOrder() {
        return -2;
    }
}
