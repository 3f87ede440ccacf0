package io.onsale.platform.calls;

import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Clears away the answer of a call that was given up just as it arrived. The head of an answer is handed over on its connection's
 * thread, while a time-out, or a caller who hangs up, cancels from another one. In between, for microseconds that a busy machine makes
 * long, the cancellation reaches the connection no more and the head reaches nobody any more: the body waits in memory for a
 * reader that never comes, and an answer that is not whole yet keeps its connection for ever.
 *
 * <p>The head is noted here before it is handed over, and the end of the call as well; whichever comes second sees the other.
 */
public final class UnclaimedAnswers {
    private UnclaimedAnswers() {}

    /** Builds clients whose calls may be given up at any time. */
    public static WebClient.Builder webClient(HttpClient http) {
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(noting(http)))
                .filter((request, next) -> clearedAway(next.exchange(request)));
    }

    /** The client, which notes the heads that arrive for {@link #clearedAway} calls. */
    public static HttpClient noting(HttpClient http) {
        return http.doOnResponse(UnclaimedAnswers::arrived);
    }

    /** The call, which is done once it has passed on the head of its answer: then whoever has it sees to the body. */
    public static <T> Mono<T> clearedAway(Mono<T> call) {
        return Mono.defer(() -> {
            Answer answer = new Answer();
            return call.doFinally(signal -> {
                        if (signal != SignalType.ON_COMPLETE) {
                            answer.giveUp();
                        }
                    })
                    .contextWrite(context -> context.put(Answer.class, answer));
        });
    }

    private static void arrived(HttpClientResponse head, Connection connection) {
        Answer answer = head.currentContextView().getOrDefault(Answer.class, null);
        if (answer != null) {
            answer.arrive(connection);
        }
    }

    /** Takes what is there and hangs up if there is more to come. A body that has a reader, or had one, is the reader's business. */
    private static void clearAway(Connection connection) {
        connection.inbound().receive().subscribe(part -> {}, taken -> {}).dispose();
    }

    /** Of one call: what is to be done with it when nobody wants it any more. Nothing, before it has arrived. */
    private static final class Answer {
        private static final Runnable UNWANTED = () -> {};

        private final AtomicReference<@Nullable Runnable> clearing = new AtomicReference<>();

        /**
         * The clearing is done on the connection's own thread, since the connection may be at work for the next call by then. The
         * thread is noted now: a channel that was closed meanwhile does not know it any more.
         */
        void arrive(Connection connection) {
            EventLoop thread = connection.channel().eventLoop();
            if (!clearing.compareAndSet(null, () -> thread.execute(() -> clearAway(connection)))) {
                clearAway(connection);
            }
        }

        void giveUp() {
            Runnable arrived = clearing.getAndSet(UNWANTED);
            if (arrived != null) {
                arrived.run();
            }
        }
    }
}
