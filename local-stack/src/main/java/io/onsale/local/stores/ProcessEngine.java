package io.onsale.local.stores;

import io.onsale.local.process.Daemon;
import io.onsale.local.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A store as a process of this machine. */
final class ProcessEngine implements Engine {

    private final StoreHome home;
    private final Daemon daemon;
    private final Signal stopSignal;
    private final Supplier<List<String>> command;

    /** The command is asked for at every start: making it may prepare the data directory. */
    ProcessEngine(StoreHome home, Signal stopSignal, Supplier<List<String>> command) {
        this.home = home;
        this.daemon = new Daemon(home.pidFile(), home.log());
        this.stopSignal = stopSignal;
        this.command = command;
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(home.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon.start(command.get(), Map.of(), home.data());
    }

    @Override
    public void stop() {
        daemon.stop(stopSignal, Duration.ofSeconds(15));
    }

    @Override
    public void kill() {
        daemon.kill();
    }

    @Override
    public void pause() {
        daemon.pause();
    }

    @Override
    public void resume() {
        daemon.resume();
    }

    @Override
    public boolean running() {
        return daemon.running();
    }

    @Override
    public String lastWords() {
        return String.join("\n", daemon.logTail(20));
    }
}
