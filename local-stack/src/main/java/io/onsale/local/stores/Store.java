package io.onsale.local.stores;

import java.time.Duration;

/** One server that answers on one address of 127.0.0.1, which stays the same through stop and start. */
public abstract sealed class Store permits PostgresServer, RedisServer, KafkaServer {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final Engine engine;
    private final int port;

    Store(Engine engine, int port) {
        this.engine = engine;
        this.port = port;
    }

    public final String host() {
        return "127.0.0.1";
    }

    public final int port() {
        return port;
    }

    /** Returns when it answers; throws with its last words when it dies or stays silent for a minute. */
    public final void start() {
        engine.start();
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!answers()) {
            if (!engine.running()) {
                throw new StoreFailedException(name() + " ended while starting:\n" + engine.lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new StoreFailedException(name() + " does not answer:\n" + engine.lastWords());
            }
            pauseBriefly();
        }
        prepare();
    }

    public final void stop() {
        engine.stop();
    }

    /** SIGKILL. */
    public final void kill() {
        engine.kill();
    }

    /** Ends it for good. */
    final void discard() {
        engine.discard();
    }

    /** SIGSTOP: connections stay open and nothing is answered. */
    public final void pause() {
        engine.pause();
    }

    /** SIGCONT. */
    public final void resume() {
        engine.resume();
    }

    public final boolean running() {
        return engine.running();
    }

    public abstract String name();

    /** Whether it takes a connection and gives a sensible answer now. */
    public abstract boolean answers();

    /** What must be there before the first use (roles, databases); repeatable. */
    void prepare() {}

    private static void pauseBriefly() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailedException("interrupted");
        }
    }
}
