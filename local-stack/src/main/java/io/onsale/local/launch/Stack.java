package io.onsale.local.launch;

import io.onsale.local.process.Daemon;
import io.onsale.local.stores.KafkaServer;
import io.onsale.local.stores.PostgresServer;
import io.onsale.local.stores.RedisServer;
import io.onsale.local.stores.Store;
import io.onsale.local.stores.StoreHome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All services of the system.
 *
 * @param foundations what the apps cannot start without
 * @param companions what the apps wait for by themselves, or ask only when they are asked: it may start beside them
 * @param trainings recordings that make the apps start faster
 * @param images what the apps run from
 */
record Stack(
        PostgresServer postgres,
        List<Service> foundations,
        List<Service> companions,
        List<Service> apps,
        List<Training> trainings,
        List<AppImage> images) {

    static Stack of(StackHome home, Shape shape, Secrets secrets) {
        PortPlan ports = new PortPlan(shape.offset());
        PostgresServer postgres = PostgresServer.process(
                storeHome(home, "postgres", "postgres-18"),
                ports.postgres(),
                secrets.of("stores", "postgres.admin-password"),
                secrets.of("ticketing", "spring.r2dbc.password"),
                true);
        RedisServer redis = RedisServer.process(
                storeHome(home, "redis", "redis"),
                ports.redis(),
                secrets.of("ticketing", "onsale.redis.password"),
                true);
        KafkaServer kafka =
                KafkaServer.process(storeHome(home, "kafka", "kafka"), ports.kafka(), ports.kafkaController());
        Programs programs = new Programs(home, shape, ports, secrets);
        List<Service> apps = programs.apps();
        List<Service> foundations = new ArrayList<>(List.of(
                store(home, "postgres", postgres, List.of(ports.postgres())),
                store(home, "redis", redis, List.of(ports.redis()))));
        if (shape.throughProxy()) {
            foundations.add(programs.proxy());
        }
        List<Service> companions = List.of(
                store(home, "kafka", kafka, List.of(ports.kafka(), ports.kafkaController())), programs.sandbox());
        return new Stack(postgres, List.copyOf(foundations), companions, apps, programs.trainings(), programs.images());
    }

    Stream<Service> all() {
        return Stream.of(foundations, companions, apps).flatMap(List::stream);
    }

    private static StoreHome storeHome(StackHome home, String service, String directory) {
        return new StoreHome(home.data().resolve(directory), home.log(service), home.pidFile(service));
    }

    private static Service store(StackHome home, String name, Store store, List<Integer> ports) {
        return new StoreService(name, store, new Daemon(home.pidFile(name), home.log(name)), ports);
    }
}
