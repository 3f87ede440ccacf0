package io.onsale.loadtest.bench;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** A lean HTTP client for load: keeps connections, reads the status, drops the body. */
final class Gun implements AutoCloseable {

    private final ConnectionProvider connections;
    private final HttpClient client;

    Gun(int maxConnections) {
        connections = ConnectionProvider.builder("gun")
                .maxConnections(maxConnections)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(Duration.ofSeconds(30))
                .maxIdleTime(Duration.ofSeconds(20))
                .build();
        client = HttpClient.create(connections)
                .option(ChannelOption.TCP_NODELAY, true)
                .responseTimeout(Duration.ofSeconds(20))
                .disableRetry(true);
    }

    /** The status of the answer. */
    Mono<Integer> fire(Shot shot) {
        HttpClient prepared = client.headers(headers -> {
            shot.headers().forEach(headers::set);
            if (shot.body().length > 0) {
                headers.set("Content-Type", "application/json");
            }
            headers.set("Content-Length", Integer.toString(shot.body().length));
        });
        HttpClient.RequestSender sender = prepared.request(shot.method()).uri(shot.url());
        return (shot.body().length == 0 ? sender : sender.send(Mono.just(Unpooled.wrappedBuffer(shot.body()))))
                // Not response() alone, which closes the connection if the body has not been read by then.
                .response((response, body) ->
                        body.then(Mono.just(response.status().code())))
                .single();
    }

    @Override
    public void close() {
        connections.disposeLater().block(Duration.ofSeconds(10));
    }
}
