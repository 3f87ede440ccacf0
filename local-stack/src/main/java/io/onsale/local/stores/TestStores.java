package io.onsale.local.stores;

import io.onsale.local.process.Ports;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL, one Redis and one Kafka for all tests of a JVM, each started when it is first asked for and gone with
 * the JVM. With `-Donsale.stores=containers` the same come from Testcontainers.
 */
public final class TestStores {

    private static final boolean CONTAINERS = "containers".equals(System.getProperty("onsale.stores"));
    private static final boolean CLUSTER = "cluster".equals(System.getProperty("redis"));
    private static final int ATTEMPTS = 3;

    private static @Nullable PostgresServer postgres;
    private static @Nullable RedisServer redis;
    private static @Nullable RedisCluster redisCluster;
    private static @Nullable KafkaServer kafka;

    private TestStores() {}

    public static synchronized PostgresServer postgres() {
        PostgresServer server = postgres;
        if (server == null) {
            postgres = server = started(port -> CONTAINERS
                    ? Containers.postgres(port, "admin", "app")
                    : PostgresServer.process(home("postgres"), port, "admin", "app", false));
        }
        return server;
    }

    public static synchronized RedisServer redis() {
        RedisServer server = redis;
        if (server == null) {
            redis = server = started(port -> CONTAINERS
                    ? Containers.redis(port, "test")
                    : RedisServer.process(home("redis"), port, "test", false));
        }
        return server;
    }

    /** One server, or with `-Dredis=cluster` three masters: for tests of what must run on both. */
    public static RedisTarget redisTarget() {
        return CLUSTER ? redisCluster() : redis();
    }

    /** Three masters that share the slots, always as processes of this machine. */
    public static synchronized RedisCluster redisCluster() {
        RedisCluster servers = redisCluster;
        if (servers == null) {
            redisCluster = servers = RedisCluster.form(() -> home("redis-node"), Ports::free, "test", false);
            servers.nodes().forEach(JvmScope::discardAtExit);
        }
        return servers;
    }

    public static synchronized KafkaServer kafka() {
        KafkaServer server = kafka;
        if (server == null) {
            kafka = server = started(port ->
                    CONTAINERS ? Containers.kafka(port) : KafkaServer.process(home("kafka"), port, Ports.free()));
        }
        return server;
    }

    private static StoreHome home(String name) {
        return StoreHome.under(JvmScope.directory(name));
    }

    /** Another process may take a port between its choice and its use: then another one is tried. */
    private static <S extends Store> S started(IntFunction<S> factory) {
        for (int attempt = 1; ; attempt++) {
            S server = factory.apply(Ports.free());
            JvmScope.discardAtExit(server);
            try {
                server.start();
                return server;
            } catch (StoreFailedException e) {
                server.discard();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
