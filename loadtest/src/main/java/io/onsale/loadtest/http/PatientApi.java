package io.onsale.loadtest.http;

import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A client that outlives a restart of the system: what was not answered, or answered "not now", is sent again with the same key after a
 * growing pause, until its patience ends.
 */
public final class PatientApi {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final Set<Integer> NOT_NOW = Set.of(425, 429, 502, 503, 504);

    private final Api api;
    private final Duration patience;

    public PatientApi(Api api, Duration patience) {
        this.api = api;
        this.patience = patience;
    }

    public Api raw() {
        return api;
    }

    /** Any answer that is meant, refusals too; {@link GaveUp} when there was none in time. */
    public Mono<Reply> send(Request request) {
        return Mono.defer(() -> {
            long end = System.nanoTime() + patience.toNanos();
            return api.send(request)
                    .flatMap(reply -> isNotNow(reply) ? Mono.error(new NotNow(reply)) : Mono.just(reply))
                    .retryWhen(Retry.from(signals -> signals.concatMap(signal -> {
                        Throwable failure = signal.failure();
                        if (!isWorthAnother(failure) || System.nanoTime() > end) {
                            return Mono.error(new GaveUp(request.step(), failure));
                        }
                        return Mono.delay(pause(failure, signal.totalRetries()));
                    })));
        });
    }

    /** "Not now" by its status, or because the same request is still being worked on. */
    private static boolean isNotNow(Reply reply) {
        return NOT_NOW.contains(reply.status()) || reply.code().equals("IDEMPOTENCY_KEY_IN_USE");
    }

    private static boolean isWorthAnother(Throwable failure) {
        return failure instanceof NotNow
                || failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof ReadTimeoutException;
    }

    private static Duration pause(Throwable failure, long retries) {
        long base = Math.min(LONGEST_PAUSE.toMillis(), 100L << Math.min(retries, 6));
        long millis = ThreadLocalRandom.current().nextLong(base / 2, base + 1);
        long asked = failure instanceof NotNow notNow
                ? Math.min(notNow.reply.retryAfter().toMillis(), 10_000)
                : 0;
        return Duration.ofMillis(asked + millis);
    }

    private static final class NotNow extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Reply reply;

        NotNow(Reply reply) {
            super(reply.summary(), null, false, false);
            this.reply = reply;
        }
    }

    /** The reason why a journey could not go on. */
    public static final class GaveUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        GaveUp(String step, Throwable last) {
            super(step + ": " + (last instanceof NotNow ? last.getMessage() : last.toString()), last, false, false);
        }
    }
}
