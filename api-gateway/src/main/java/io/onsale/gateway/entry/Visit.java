package io.onsale.gateway.entry;

import io.onsale.platform.tokens.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * What the gateway knows of one request while it passes through. Filters of one request run one after another, so
 * plain fields do.
 */
public final class Visit {
    private static final String ATTRIBUTE = Visit.class.getName();

    private final String requestId;
    private final String clientAddress;
    private final long startedNanos = System.nanoTime();
    private final List<Runnable> atEnd = new ArrayList<>(2);
    private @Nullable Caller caller;
    private @Nullable String upstream;
    private boolean carriesVerifiedToken;
    private long bodyAwaitedNanos;
    private long bodyTookNanos = -1;

    Visit(String requestId, String clientAddress) {
        this.requestId = requestId;
        this.clientAddress = clientAddress;
    }

    /** The visit of a request; every request has one. */
    public static Visit of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** The id of this request, passed on to services and told to the client. */
    public String requestId() {
        return requestId;
    }

    /** The address of the client itself, behind all proxies we trust. */
    public String clientAddress() {
        return clientAddress;
    }

    /** The account that calls; null for an anonymous call. */
    public @Nullable Caller caller() {
        return caller;
    }

    /** Notes that the request's token is verified and speaks for {@code verified}. */
    public void identified(Caller verified) {
        caller = verified;
        carriesVerifiedToken = true;
    }

    /** Whether the Authorization header holds a token that was verified here, so that it may be passed on. */
    public boolean carriesVerifiedToken() {
        return carriesVerifiedToken;
    }

    /** The instance that answers; null when the gateway does. */
    public @Nullable String upstream() {
        return upstream;
    }

    /** Notes the instance that is asked. */
    public void sentTo(String instance) {
        upstream = instance;
    }

    /** Runs {@code action} once the answer is written, refused or cut off. */
    public void atEnd(Runnable action) {
        atEnd.add(action);
    }

    /** Notes that the request's body is read from now on. */
    public void awaitsBody() {
        bodyAwaitedNanos = System.nanoTime();
    }

    /** Notes that the body is here; if it is read again, the first time counts. */
    public void hasBody() {
        if (bodyTookNanos < 0) {
            bodyTookNanos = System.nanoTime() - bodyAwaitedNanos;
        }
    }

    /** Since the request's head was here, without the time that the client took to send the rest; negative while it has not. */
    public long servingNanos() {
        return bodyTookNanos < 0 ? -1 : elapsedNanos() - bodyTookNanos;
    }

    long elapsedNanos() {
        return System.nanoTime() - startedNanos;
    }

    void end() {
        atEnd.forEach(Runnable::run);
    }
}
