package io.onsale.gateway.limits;

import io.onsale.gateway.routing.ApiCall;
import java.util.Locale;
import org.springframework.http.HttpMethod;

/** Sorts of calls that are counted apart. Each call is of exactly one. */
enum CallClass {
    /** Credentials are tried: sign-in, password reset. */
    LOGIN,
    /** Accounts are made. */
    SIGN_UP,
    /** Providers report payments; their signatures tell them from strangers. */
    WEBHOOKS,
    ANONYMOUS_READS,
    ANONYMOUS_WRITES,
    /** Streams are opened; afterwards they cost nothing to count. */
    STREAMS,
    /** A place in line is asked for or kept alive. */
    QUEUE_STATUS,
    /** Seats are held, changed or given back. */
    RESERVATIONS,
    /** Money moves. */
    PAYMENTS,
    /** Whatever else an account does. */
    USERS;

    /** Its name in the {@code RateLimit-Policy} header. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static CallClass of(ApiCall call, HttpMethod method, boolean anonymous) {
        boolean reads = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        String path = call.path().value();
        if (call.plan().isStream()) {
            return STREAMS;
        }
        if (path.startsWith("/payments/webhooks/")) {
            return WEBHOOKS;
        }
        if (path.equals("/auth/register")) {
            return SIGN_UP;
        }
        if (path.equals("/auth/login") || path.startsWith("/auth/password-reset")) {
            return LOGIN;
        }
        if (anonymous) {
            return reads ? ANONYMOUS_READS : ANONYMOUS_WRITES;
        }
        if (path.equals("/queue/status") || path.equals("/queue/heartbeat")) {
            return QUEUE_STATUS;
        }
        if (!reads) {
            if (call.plan().id().equals("reservations")) {
                return RESERVATIONS;
            }
            if (call.plan().id().equals("payments")) {
                return PAYMENTS;
            }
        }
        return USERS;
    }
}
