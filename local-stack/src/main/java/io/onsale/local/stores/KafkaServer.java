package io.onsale.local.stores;

import io.onsale.local.process.Ports;

/** Kafka, one broker that is its own controller. */
public final class KafkaServer extends Store {

    KafkaServer(Engine engine, int port) {
        super(engine, port);
    }

    /** As a JVM of this machine. */
    public static KafkaServer process(StoreHome home, int port, int controllerPort) {
        return new KafkaServer(KafkaCommand.engine(home, port, controllerPort), port);
    }

    public String bootstrapServers() {
        return host() + ":" + port();
    }

    @Override
    public String name() {
        return "Kafka";
    }

    /** The broker opens its port only when it has joined its controller. */
    @Override
    public boolean answers() {
        return Ports.accepts(port());
    }
}
