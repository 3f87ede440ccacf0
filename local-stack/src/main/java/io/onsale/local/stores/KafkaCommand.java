package io.onsale.local.stores;

import io.onsale.local.ProjectRoot;
import io.onsale.local.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** How the broker's JVM is started, from the jars that the build laid beside this module's classes. */
final class KafkaCommand {

    private KafkaCommand() {}

    static Engine engine(StoreHome home, int port, int controllerPort) {
        return new ProcessEngine(home, Signal.TERM, () -> make(home, port, controllerPort));
    }

    private static List<String> make(StoreHome home, int port, int controllerPort) {
        Path settings = home.data().resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(settings)) {
            settings(home, port, controllerPort).store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path module = ProjectRoot.find().resolve("local-stack/target");
        if (!Files.isDirectory(module.resolve("lib"))) {
            throw new StoreFailedException("local-stack is not built: " + module.resolve("lib") + " is missing");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-cp",
                module.resolve("classes") + ":" + module.resolve("lib") + "/*",
                "io.onsale.local.kafka.KafkaMain",
                settings.toString());
    }

    private static Properties settings(StoreHome home, int port, int controllerPort) {
        Properties all = new Properties();
        all.setProperty("process.roles", "broker,controller");
        all.setProperty("node.id", "1");
        all.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        all.setProperty("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        all.setProperty("controller.listener.names", "CONTROLLER");
        all.setProperty("inter.broker.listener.name", "PLAINTEXT");
        all.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.setProperty("log.dirs", home.data().resolve("log").toString());
        // How long a broker that was killed is still taken for alive, and kept from coming back under its number.
        all.setProperty("broker.session.timeout.ms", "3000");
        all.setProperty("broker.heartbeat.interval.ms", "500");
        all.setProperty("auto.create.topics.enable", "false");
        all.setProperty("group.initial.rebalance.delay.ms", "0");
        all.setProperty("num.partitions", "3");
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            all.setProperty(topic + ".num.partitions", "4");
            all.setProperty(topic + ".replication.factor", "1");
        }
        all.setProperty("transaction.state.log.min.isr", "1");
        all.setProperty("share.coordinator.state.topic.min.isr", "1");
        return all;
    }
}
