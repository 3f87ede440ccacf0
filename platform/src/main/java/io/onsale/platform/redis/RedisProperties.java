package io.onsale.platform.redis;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the Redis connection.
 *
 * @param uris one server, or some nodes of a cluster: {@code redis://host:port}
 * @param commandTimeout after which a command's answer counts as unknown
 * @param connectPatience how long a starting app tries to reach Redis before it gives up
 * @param requestQueueSize commands under way at most; further ones are refused at once
 */
@ConfigurationProperties("onsale.redis")
public record RedisProperties(
        @DefaultValue("redis://127.0.0.1:6379") List<URI> uris,
        @DefaultValue("false") boolean cluster,
        @Nullable String password,
        @DefaultValue("1s") Duration commandTimeout,
        @DefaultValue("30s") Duration connectPatience,
        @DefaultValue("20000") int requestQueueSize) {}
