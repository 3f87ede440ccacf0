package io.onsale.platform.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Answers every error of a request with a problem; what nobody foresaw is logged and told as {@code INTERNAL}. */
final class ProblemHandler implements WebExceptionHandler, Ordered {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final ProblemWriter writer;
    private final TraceIds traceIds;

    ProblemHandler(ProblemWriter writer, TraceIds traceIds) {
        this.writer = writer;
        this.traceIds = traceIds;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(error)) {
            return Mono.error(error);
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
