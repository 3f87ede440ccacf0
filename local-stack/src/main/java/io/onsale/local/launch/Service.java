package io.onsale.local.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One process of the system. */
interface Service {

    String name();

    /** Ports it will listen on: they must be free before it starts. */
    List<Integer> ports();

    String address();

    Path log();

    Optional<ProcessHandle> process();

    /** Whether it runs and answers now. */
    boolean healthy();

    /** Whether it was started from other classes or settings than it would be now. */
    boolean outdated();

    /** Starts it and returns when it is healthy; gives up with {@link LaunchFailure} when it dies or is cancelled. */
    void start(BooleanSupplier cancelled);

    void stop();
}
