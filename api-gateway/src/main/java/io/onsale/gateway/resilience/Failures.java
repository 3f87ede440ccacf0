package io.onsale.gateway.resilience;

import io.netty.channel.ConnectTimeoutException;
import io.onsale.gateway.routing.Service;
import io.onsale.platform.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** Tells a service that is not there from one that answers, whatever it answers. */
public final class Failures {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private Failures() {}

    /** Whether the connection failed or time ran out: what breakers count. A living service's refusal is none. */
    static boolean isTransport(Throwable error) {
        return error instanceof IOException || isAborted(error) || isTimeout(error) || isPool(error);
    }

    /** The service died between the choice of a connection and the request on it: Netty has no IOException for that. */
    private static boolean isAborted(Throwable error) {
        return error instanceof AbortedException;
    }

    /** Whether the request certainly never reached the service, so that any method may be sent elsewhere. */
    static boolean wasNeverSent(Throwable error) {
        return error instanceof ConnectException || error instanceof UnknownHostException || isPool(error);
    }

    /** Whether nobody listens at the instance's address. */
    static boolean isRefused(Throwable error) {
        return error instanceof ConnectException && !(error instanceof ConnectTimeoutException);
    }

    static boolean isTimeout(Throwable error) {
        return error instanceof ResponseStatusException status && status.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT;
    }

    private static boolean isPool(Throwable error) {
        return error instanceof PoolAcquireTimeoutException || error instanceof PoolAcquirePendingLimitException;
    }

    /** What the client is told. Where the outcome is unknown, the answer says so. */
    static Throwable told(Throwable error, Service service) {
        if (isTimeout(error)) {
            return Problem.of(GatewayProblem.SERVICE_TIMEOUT)
                    .with("service", service.label())
                    .asException();
        }
        if (wasNeverSent(error)) {
            return unavailable(service, RETRY_AFTER);
        }
        return isTransport(error)
                ? Problem.of(GatewayProblem.SERVICE_INTERRUPTED)
                        .with("service", service.label())
                        .retryAfter(RETRY_AFTER)
                        .asException()
                : error;
    }

    /** The service has not been reached since this gateway started. */
    public static Throwable notSeenYet(Service service) {
        return unavailable(service, RETRY_AFTER);
    }

    static Throwable unavailable(Service service, Duration retryAfter) {
        return Problem.of(GatewayProblem.SERVICE_UNAVAILABLE)
                .with("service", service.label())
                .retryAfter(retryAfter)
                .asException();
    }
}
