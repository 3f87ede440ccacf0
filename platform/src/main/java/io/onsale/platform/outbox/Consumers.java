package io.onsale.platform.outbox;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/** Which of this app's own consumers wait for an event. Read late, since consumers may themselves need the outbox. */
final class Consumers {

    private final Supplier<List<EventConsumer>> all;

    Consumers(Supplier<List<EventConsumer>> all) {
        this.all = SingletonSupplier.of(all);
    }

    String[] awaiting(String topic, String eventType) {
        return all().stream()
                .filter(consumer -> consumer.topic().equals(topic) && consumer.handles(eventType))
                .map(EventConsumer::name)
                .toArray(String[]::new);
    }

    List<EventConsumer> all() {
        return all.get();
    }

    EventConsumer named(String name) {
        return all().stream()
                .filter(consumer -> consumer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This app has no consumer " + name));
    }
}
