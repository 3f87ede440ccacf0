package io.onsale.loadtest.bench;

import io.onsale.loadtest.stack.LocalStack;
import java.util.Arrays;
import java.util.List;

/** Bytes that the threads of running services have allocated so far. */
record Allocation(List<Jvm> jvms) implements AutoCloseable {

    static Allocation of(LocalStack stack, String... services) {
        return new Allocation(
                Arrays.stream(services).map(service -> Jvm.of(stack, service)).toList());
    }

    long bytes() {
        return jvms.stream().mapToLong(Jvm::allocatedBytes).sum();
    }

    @Override
    public void close() {
        jvms.forEach(Jvm::close);
    }
}
