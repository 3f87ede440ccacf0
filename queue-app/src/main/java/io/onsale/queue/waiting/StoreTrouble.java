package io.onsale.queue.waiting;

import io.lettuce.core.RedisException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Mono;

/** Fails closed, and fast: without the store nobody is let in, and nobody waits for an answer. */
public final class StoreTrouble {

    private StoreTrouble() {}

    /** The work, answered with WAITING_ROOM_UNAVAILABLE when the store is away or slow. */
    public static <T> Mono<T> guard(Mono<T> work, Duration within) {
        return work.timeout(within).onErrorMap(StoreTrouble::is, trouble -> WaitingProblem.unavailable());
    }

    /** Whether an error says that a store or service is away, rather than that the code is wrong. */
    public static boolean is(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof RedisException
                || cause instanceof TimeoutException
                || cause instanceof IOException
                || cause instanceof WebClientException;
    }
}
