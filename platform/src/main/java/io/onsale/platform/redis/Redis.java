package io.onsale.platform.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.onsale.platform.connections.SilenceGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;

/**
 * The app's one connection to Redis, standalone or cluster. Fails fast: while disconnected, and when too many
 * commands are under way, commands are refused at once instead of waiting. Lettuce may send a command again after a
 * reconnect, so whatever is run must be idempotent.
 */
public final class Redis implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Redis.class);

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final RedisClusterAsyncCommands<String, String> async;

    /** Connects; blocking, and patient for a while since Redis may be starting too. */
    public Redis(RedisProperties settings) {
        resources = ClientResources.builder()
                .reconnectDelay(
                        Delay.exponential(Duration.ofMillis(10), Duration.ofMillis(500), 2, TimeUnit.MILLISECONDS))
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        channel.pipeline()
                                .addFirst(new SilenceGuard(
                                        settings.commandTimeout().multipliedBy(3)));
                    }
                })
                .build();
        List<RedisURI> uris = settings.uris().stream()
                .map(uri -> RedisURI.create(uri))
                .peek(uri -> uri.setTimeout(settings.commandTimeout()))
                .peek(uri -> {
                    if (settings.password() != null) {
                        uri.setAuthentication(settings.password().toCharArray());
                    }
                })
                .toList();
        if (settings.cluster()) {
            RedisClusterClient clusterClient = RedisClusterClient.create(resources, uris);
            clusterClient.setOptions(clusterOptions(settings));
            client = clusterClient;
            StatefulRedisClusterConnection<String, String> connection =
                    patiently(settings.connectPatience(), clusterClient::connect);
            async = connection.async();
        } else {
            RedisClient singleClient = RedisClient.create(resources, uris.get(0));
            singleClient.setOptions(options(ClientOptions.builder(), settings).build());
            client = singleClient;
            StatefulRedisConnection<String, String> connection =
                    patiently(settings.connectPatience(), singleClient::connect);
            async = connection.async();
        }
    }

    /**
     * Runs one plain command when subscribed to; empty where Redis says nil. Keys of one call must share a hash tag. A
     * cancelled caller does not stop a command on its way: whether it ran would be unknown.
     */
    public <T> Mono<T> run(Function<RedisClusterAsyncCommands<String, String>, RedisFuture<T>> command) {
        return Mono.fromFuture(() -> command.apply(async).toCompletableFuture(), true);
    }

    private static <B extends ClientOptions.Builder> B options(B builder, RedisProperties settings) {
        builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(settings.requestQueueSize())
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(2))
                        .keepAlive(true)
                        .build());
        return builder;
    }

    private static ClusterClientOptions clusterOptions(RedisProperties settings) {
        var refresh = ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(Duration.ofSeconds(5))
                .enableAllAdaptiveRefreshTriggers()
                .adaptiveRefreshTriggersTimeout(Duration.ofMillis(500))
                .build();
        return options(ClusterClientOptions.builder(), settings)
                .topologyRefreshOptions(refresh)
                .build();
    }

    private static <C> C patiently(Duration patience, Supplier<C> connect) {
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            try {
                return connect.get();
            } catch (RuntimeException e) {
                if (Instant.now().isAfter(deadline)) {
                    throw e;
                }
                log.warn("Redis does not answer yet: {}", e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting to Redis", e);
        }
    }

    @Override
    public void destroy() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
