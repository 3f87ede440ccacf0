package io.onsale.gateway.entry;

import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tracing.Traces;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.SignalType;

/**
 * One line per request in ECS field names. The query and all headers stay out of it: they may hold tickets, codes and
 * tokens.
 */
final class AccessLogger {
    private static final Logger log = LoggerFactory.getLogger("onsale.access");

    private final EntrySettings.AccessLog level;

    AccessLogger(EntrySettings.AccessLog level) {
        this.level = level;
    }

    void log(ServerWebExchange exchange, Visit visit, SignalType signal) {
        int status = statusOf(exchange);
        boolean failed = status >= 400 || signal == SignalType.CANCEL;
        if (level == EntrySettings.AccessLog.OFF || (level == EntrySettings.AccessLog.FAILED && !failed)) {
            return;
        }
        ServerHttpRequest request = exchange.getRequest();
        LoggingEventBuilder line = log.atInfo()
                .addKeyValue("http.request.method", request.getMethod().name())
                .addKeyValue("url.path", request.getURI().getRawPath())
                .addKeyValue("http.response.status_code", status)
                .addKeyValue("event.duration", visit.elapsedNanos())
                .addKeyValue("client.ip", visit.clientAddress())
                .addKeyValue("http.request.id", visit.requestId());
        Caller caller = visit.caller();
        line = with(line, "trace.id", Traces.traceId(exchange));
        line = with(line, "destination.address", visit.upstream());
        line = with(line, "user.id", caller == null ? null : caller.userId());
        line = with(line, "event.outcome", signal == SignalType.CANCEL ? "cut off by the client" : null);
        line.log(
                "{} {} {} in {} ms",
                request.getMethod(),
                request.getURI().getRawPath(),
                status,
                TimeUnit.NANOSECONDS.toMillis(visit.elapsedNanos()));
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String key, @Nullable String value) {
        return value == null ? line : line.addKeyValue(key, value);
    }

    private static int statusOf(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? 200 : status.value();
    }
}
