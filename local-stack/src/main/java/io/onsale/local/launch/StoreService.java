package io.onsale.local.launch;

import io.onsale.local.process.Daemon;
import io.onsale.local.stores.Store;
import io.onsale.local.stores.StoreFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** PostgreSQL, Redis or Kafka. */
record StoreService(String name, Store store, Daemon daemon, List<Integer> ports) implements Service {

    @Override
    public String address() {
        return store.host() + ":" + store.port();
    }

    @Override
    public Path log() {
        return daemon.log();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return daemon.handle();
    }

    @Override
    public boolean healthy() {
        return store.running() && store.answers();
    }

    @Override
    public boolean outdated() {
        return false;
    }

    @Override
    public void start(BooleanSupplier cancelled) {
        try {
            store.start();
        } catch (StoreFailedException e) {
            throw new LaunchFailure(name + " did not start. " + firstLine(e));
        }
    }

    @Override
    public void stop() {
        store.stop();
    }

    private static String firstLine(StoreFailedException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
