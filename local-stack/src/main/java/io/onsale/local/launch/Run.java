package io.onsale.local.launch;

import io.onsale.local.process.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One bringing-up: remembers what it started, so that a failure or Ctrl-C takes exactly that down again. */
final class Run {

    /** A service that runs but does not answer may only be waiting for a store that has just come back. */
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(15);

    private static final int PORT_CHECKS = 20;

    private final Console console;
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "onsale-start");
        thread.setDaemon(true);
        return thread;
    });
    private final ConcurrentLinkedQueue<Service> started = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> begun = new ArrayList<>();
    private volatile boolean cancelled;

    Run(Console console) {
        this.console = console;
    }

    boolean startedAnything() {
        return !started.isEmpty();
    }

    /** Begins to bring all of them up side by side, and does not wait for them. */
    void begin(List<Service> services) {
        services.forEach(service -> begun.add(workers.submit(() -> bringUp(service))));
    }

    /** Waits for all that was begun; throws the first failure when every one has come to its end. */
    void await() {
        await(begun);
    }

    /** Brings all of them up side by side; throws the first failure when every one has come to its end. */
    void bringUp(List<Service> services) {
        List<Future<?>> futures = new ArrayList<>();
        services.forEach(service -> futures.add(workers.submit(() -> bringUp(service))));
        try {
            await(futures);
        } catch (LaunchFailure e) {
            begun.addAll(futures);
            await(); // what began earlier may be why these were given up
        }
    }

    private static void await(List<Future<?>> futures) {
        LaunchFailure failure = null;
        for (Future<?> future : futures) {
            failure = first(failure, outcome(future));
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Stops what this run started, and what it is just starting. */
    void undo() {
        cancelled = true;
        workers.shutdown();
        try {
            if (!workers.awaitTermination(20, TimeUnit.SECONDS)) {
                console.say("Some services are still starting; stopping them all the same.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        started.parallelStream().forEach(Service::stop);
    }

    private void bringUp(Service service) {
        Instant from = Instant.now();
        if (service.process().isPresent()) {
            if (!service.outdated() && becomesHealthy(service)) {
                console.row(service.name(), "runs", service.address());
                return;
            }
            console.row(service.name(), service.outdated() ? "changed: restarting" : "ill: restarting", "");
            service.stop();
        }
        if (cancelled) {
            throw new LaunchFailure(service.name() + " was not waited for.");
        }
        try {
            requirePorts(service);
            started.add(service);
            service.start(() -> cancelled);
        } catch (LaunchFailure e) {
            cancelled = true; // the others need not be waited for
            throw e;
        }
        console.row(
                service.name(),
                "started",
                String.format("%-24s %s", service.address(), Console.seconds(Duration.between(from, Instant.now()))));
    }

    private boolean becomesHealthy(Service service) {
        long deadline = System.nanoTime() + RECOVERY_PATIENCE.toNanos();
        while (System.nanoTime() < deadline && service.process().isPresent() && !cancelled) {
            if (service.healthy()) {
                return true;
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return service.healthy();
    }

    private static void requirePorts(Service service) {
        for (int port : service.ports()) {
            if (!becomesFree(port)) {
                throw new LaunchFailure(service.name() + " needs port " + port + ", which "
                        + PortOwner.of(port).orElse("another program")
                        + " has taken. End that program, or choose other ports: ONSALE_PORT_OFFSET=200 ./onsale up");
            }
        }
    }

    /** What a killed process had needs a moment to go. */
    private static boolean becomesFree(int port) {
        for (int i = 0; i < PORT_CHECKS; i++) {
            if (Ports.isFree(port) || nobodyListens(port)) {
                return true;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** Binding a port for a try fails now and then although nobody has it. */
    private static boolean nobodyListens(int port) {
        return PortOwner.of(port).isEmpty() && !Ports.accepts(port);
    }

    private static @Nullable LaunchFailure outcome(Future<?> future) {
        try {
            future.get();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LaunchFailure("interrupted");
        } catch (ExecutionException e) {
            return e.getCause() instanceof LaunchFailure failure
                    ? failure
                    : new LaunchFailure("unexpected: " + e.getCause());
        }
    }

    private static @Nullable LaunchFailure first(@Nullable LaunchFailure earlier, @Nullable LaunchFailure later) {
        if (earlier == null
                || (later != null && String.valueOf(earlier.getMessage()).contains("not waited for"))) {
            return later == null ? earlier : later;
        }
        return earlier;
    }
}
