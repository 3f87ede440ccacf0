package io.onsale.loadtest.bench;

import io.onsale.loadtest.stack.LocalStack;
import java.util.List;

/** The JVMs of several services together. */
record Jvms(List<Jvm> jvms) implements AutoCloseable {

    static Jvms of(LocalStack stack, List<String> services) {
        return new Jvms(services.stream().map(service -> Jvm.of(stack, service)).toList());
    }

    /** That their threads have allocated so far. */
    long allocatedBytes() {
        return jvms.stream().mapToLong(Jvm::allocatedBytes).sum();
    }

    /** What all of them keep after full collections. */
    Jvm.Memory live() {
        return jvms.stream().map(Jvm::live).reduce(new Jvm.Memory(0, 0), Jvm.Memory::plus);
    }

    @Override
    public void close() {
        jvms.forEach(Jvm::close);
    }
}
