package io.onsale.gateway.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * One route: a first path segment and what holds for all calls under it.
 *
 * @param id name of the route, of its breaker and of its metrics
 * @param service who answers
 * @param kind what sort of work it is, which decides its time-out and the size of a request
 * @param openCalls the calls that need no account; all others do
 */
public record RoutePlan(String id, Service service, Kind kind, List<OpenCall> openCalls) {

    /** Sorts of work that differ in how long they may take and how much they may send. */
    public enum Kind {
        PLAIN,
        /** Credentials only: small bodies. */
        CREDENTIALS,
        /** The waiting room: quick or not at all. */
        QUEUE,
        /** A provider is asked meanwhile. */
        PAYMENT,
        /** Pictures or seat layouts are sent. */
        UPLOAD,
        /** Server-sent events: no end, nothing collected on the way. */
        STREAM
    }

    /** A call that needs no account. */
    record OpenCall(@Nullable HttpMethod method, PathPattern path) {

        boolean covers(HttpMethod asked, PathContainer askedPath) {
            return (method == null
                            || method.equals(asked)
                            || (HttpMethod.GET.equals(method) && HttpMethod.HEAD.equals(asked)))
                    && path.matches(askedPath);
        }
    }

    /** Whether this call needs no account. */
    public boolean isOpen(HttpMethod method, PathContainer path) {
        for (OpenCall call : openCalls) {
            if (call.covers(method, path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether answers are streams without an end. */
    public boolean isStream() {
        return kind == Kind.STREAM;
    }
}
