package io.onsale.gateway.entry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tracing.Traces;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.SignalType;

/**
 * One line per request in ECS field names. The query and all headers stay out of it: they may hold tickets, codes and
 * tokens.
 */
final class AccessLogger {
    private static final String NAME = "onsale.access";
    private static final String ECS_VERSION = "8.11";

    private final EntrySettings.AccessLog level;
    private final String service;
    private final Clock clock;
    private final Logger log = linesAsTheyAre();

    AccessLogger(EntrySettings.AccessLog level, String service, Clock clock) {
        this.level = level;
        this.service = service;
        this.clock = clock;
    }

    void log(ServerWebExchange exchange, Visit visit, SignalType signal) {
        int status = statusOf(exchange);
        boolean failed = status >= 400 || signal == SignalType.CANCEL;
        if (level == EntrySettings.AccessLog.OFF || (level == EntrySettings.AccessLog.FAILED && !failed)) {
            return;
        }
        ServerHttpRequest request = exchange.getRequest();
        String method = request.getMethod().name();
        String path = request.getURI().getRawPath();
        long nanos = visit.elapsedNanos();
        Caller caller = visit.caller();
        log.info(new AccessLine()
                .with("@timestamp", clock.instant().toString())
                .with("log.level", "INFO")
                .with("log.logger", NAME)
                .with("service.name", service)
                .with(
                        "message",
                        method + ' ' + path + ' ' + status + " in " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms")
                .with("http.request.method", method)
                .with("url.path", path)
                .with("http.response.status_code", status)
                .with("event.duration", nanos)
                .with("client.ip", visit.clientAddress())
                .with("http.request.id", visit.requestId())
                .with("trace.id", Traces.traceId(exchange))
                .with("destination.address", visit.upstream())
                .with("user.id", caller == null ? null : caller.userId())
                .with("event.outcome", signal == SignalType.CANCEL ? "cut off by the client" : null)
                .with("ecs.version", ECS_VERSION)
                .toString());
    }

    private static int statusOf(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? 200 : status.value();
    }

    /** The message is the line: what other loggers' lines are wrapped in is in it already. */
    private static Logger linesAsTheyAre() {
        Logger logger = (Logger) LoggerFactory.getLogger(NAME);
        LoggerContext context = logger.getLoggerContext();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        logger.detachAndStopAllAppenders();
        logger.addAppender(console);
        logger.setAdditive(false);
        return logger;
    }
}
