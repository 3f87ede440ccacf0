package io.onsale.loadtest.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.PlatformManagedObject;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.FlightRecorderMXBean;

/** A look into the JVM of a running service, over a local connection that the JVM itself hands out to its own user. */
final class Jvm implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private Jvm(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    static Jvm of(LocalStack stack, String service) {
        Path pidFile = stack.directory().resolve("run").resolve(service + ".pid");
        try {
            return new Jvm(connect(Files.readString(pidFile).strip().split("\\s", 2)[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("cannot look into the JVM of " + pidFile, e);
        }
    }

    /** That its threads have allocated so far. They live as long as the service, so the sum only grows. */
    long allocatedBytes() {
        ThreadMXBean threads = proxy(ThreadMXBean.class, ManagementFactory.THREAD_MXBEAN_NAME);
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /** What is left on the heap after a full collection, and what buffers beside it take. */
    Memory live() {
        MemoryMXBean memory = proxy(MemoryMXBean.class, ManagementFactory.MEMORY_MXBEAN_NAME);
        memory.gc();
        memory.gc();
        BufferPoolMXBean direct = proxy(BufferPoolMXBean.class, "java.nio:type=BufferPool,name=direct");
        return new Memory(memory.getHeapMemoryUsage().getUsed(), direct.getMemoryUsed());
    }

    /** One of its system properties; empty when it has none. */
    String property(String name) {
        RuntimeMXBean runtime = proxy(RuntimeMXBean.class, ManagementFactory.RUNTIME_MXBEAN_NAME);
        return runtime.getSystemProperties().getOrDefault(name, "");
    }

    FlightRecorderMXBean flightRecorder() {
        return proxy(FlightRecorderMXBean.class, "jdk.management.jfr:type=FlightRecorder");
    }

    record Memory(long heapBytes, long directBytes) {

        Memory plus(Memory other) {
            return new Memory(heapBytes + other.heapBytes, directBytes + other.directBytes);
        }

        Memory minus(Memory other) {
            return new Memory(heapBytes - other.heapBytes, directBytes - other.directBytes);
        }

        double kibibytesEach(int streams) {
            return (heapBytes + directBytes) / 1024.0 / streams;
        }
    }

    private <T extends PlatformManagedObject> T proxy(Class<T> type, String name) {
        try {
            return ManagementFactory.newPlatformMXBeanProxy(server, name, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address was handed over by a JVM of this very user. */
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(String pid) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(pid);
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            System.err.println("a JVM did not say good-bye: " + e.getMessage());
        }
    }
}
