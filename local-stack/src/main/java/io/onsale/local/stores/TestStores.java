package io.onsale.local.stores;

import io.onsale.local.process.Ports;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL, one Redis and one Kafka for all tests of a JVM, each started when it is first asked for and gone with
 * the JVM. With `-Donsale.stores=containers` the same come from Testcontainers.
 */
public final class TestStores {

    private static final boolean CONTAINERS = "containers".equals(System.getProperty("onsale.stores"));
    private static final boolean CLUSTER = "cluster".equals(System.getProperty("redis"));
    private static final int ATTEMPTS = 3;

    private static final Once<PostgresServer> POSTGRES = new Once<>(() -> started(port -> CONTAINERS
            ? Containers.postgres(port, "admin", "app")
            : PostgresServer.process(home("postgres"), port, "admin", "app", false)));
    private static final Once<RedisServer> REDIS = new Once<>(() -> started(port ->
            CONTAINERS ? Containers.redis(port, "test") : RedisServer.process(home("redis"), port, "test", false)));
    private static final Once<RedisCluster> REDIS_CLUSTER = new Once<>(TestStores::formed);
    private static final Once<KafkaServer> KAFKA = new Once<>(() -> started(
            port -> CONTAINERS ? Containers.kafka(port) : KafkaServer.process(home("kafka"), port, Ports.free())));

    private TestStores() {}

    public static PostgresServer postgres() {
        return POSTGRES.get();
    }

    public static RedisServer redis() {
        return REDIS.get();
    }

    /** One server, or with `-Dredis=cluster` three masters: for tests of what must run on both. */
    public static RedisTarget redisTarget() {
        return CLUSTER ? redisCluster() : redis();
    }

    /** Three masters that share the slots, always as processes of this machine. */
    public static RedisCluster redisCluster() {
        return REDIS_CLUSTER.get();
    }

    public static KafkaServer kafka() {
        return KAFKA.get();
    }

    /** Starts these in the background: whoever asks for one soon waits less. {@code TestStores.ahead(TestStores::kafka)}. */
    public static void ahead(Runnable... stores) {
        for (Runnable store : stores) {
            Thread thread = new Thread(store, "test-store-ahead");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(
                    (failed, error) -> {}); // whoever asks for it tries again, and hears why not
            thread.start();
        }
    }

    private static RedisCluster formed() {
        RedisCluster servers = RedisCluster.form(() -> home("redis-node"), Ports::free, "test", false);
        servers.nodes().forEach(JvmScope::discardAtExit);
        return servers;
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

    /** Made when first asked for; meanwhile others who ask wait. */
    private static final class Once<S> {
        private final Supplier<S> maker;
        private @Nullable S made;

        Once(Supplier<S> maker) {
            this.maker = maker;
        }

        synchronized S get() {
            S result = made;
            if (result == null) {
                made = result = maker.get();
            }
            return result;
        }
    }
}
