package io.onsale.loadtest.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Bytes that the threads of running services have allocated so far, asked of the JVMs themselves over a local connection. */
final class Allocation implements AutoCloseable {

    private final List<JMXConnector> connectors;

    private Allocation(List<JMXConnector> connectors) {
        this.connectors = connectors;
    }

    static Allocation of(LocalStack stack, String... services) {
        return new Allocation(Arrays.stream(services)
                .map(service -> connect(stack.directory().resolve("run").resolve(service + ".pid")))
                .toList());
    }

    /** Threads of these services live as long as they do, so the sum only grows. */
    long bytes() {
        return connectors.stream().mapToLong(Allocation::bytes).sum();
    }

    private static long bytes(JMXConnector connector) {
        try {
            ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                    connector.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                    .filter(bytes -> bytes > 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address was handed over by a JVM of this very user. */
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(Path pidFile) {
        try {
            VirtualMachine machine =
                    VirtualMachine.attach(Files.readString(pidFile).strip().split("\\s", 2)[0]);
            try {
                return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("cannot look into the JVM of " + pidFile, e);
        }
    }

    @Override
    public void close() {
        for (JMXConnector connector : connectors) {
            try {
                connector.close();
            } catch (IOException e) {
                System.err.println("a JVM did not say good-bye: " + e.getMessage());
            }
        }
    }
}
