package io.onsale.local.stores;

import java.util.List;

/** The same stores from the official images; another image of the same kind can be named by a property. */
final class Containers {

    private Containers() {}

    static PostgresServer postgres(int port, String adminPassword, String appPassword) {
        ContainerEngine engine = new ContainerEngine(image("postgres", "postgres:18"), port, 5432)
                .with("POSTGRES_PASSWORD", adminPassword)
                .running(List.of(
                        "postgres",
                        "-c",
                        "fsync=off",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "shared_preload_libraries=pg_stat_statements"));
        return new PostgresServer(engine, port, adminPassword, appPassword);
    }

    static RedisServer redis(int port, String password) {
        ContainerEngine engine = new ContainerEngine(image("redis", "redis:8"), port, 6379)
                .running(List.of("redis-server", "--requirepass", password, "--save", "", "--appendonly", "no"));
        return new RedisServer(engine, port, password);
    }

    /** The broker names the address by which clients reach it, so the port is the same inside and outside. */
    static KafkaServer kafka(int port) {
        ContainerEngine engine = new ContainerEngine(image("kafka", "apache/kafka:4.2.1"), port, port)
                .with("KAFKA_NODE_ID", "1")
                .with("KAFKA_PROCESS_ROLES", "broker,controller")
                .with("KAFKA_LISTENERS", "PLAINTEXT://0.0.0.0:" + port + ",CONTROLLER://localhost:9093")
                .with("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + port)
                .with("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT")
                .with("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
                .with("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093")
                .with("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
                .with("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
                .with("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
                .with("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                .with("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
                .with("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .with("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        return new KafkaServer(engine, port);
    }

    private static String image(String store, String official) {
        return System.getProperty("onsale.stores." + store + "-image", official);
    }
}
