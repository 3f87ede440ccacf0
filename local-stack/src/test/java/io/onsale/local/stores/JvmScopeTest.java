package io.onsale.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.process.Pid;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmScopeTest {

    /** Starts Redis in a JVM of its own and stays. */
    public static final class Owner {

        private Owner() {}

        public static void main(String[] args) throws Exception {
            System.out.println(TestStores.redis().port());
            if (args.length == 0) {
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void serversOfAKilledJvmAreSweptByTheNext() throws Exception {
        Process first = owner();
        int port = port(first);
        first.destroyForcibly().waitFor();
        assertThat(io.onsale.local.process.Ports.accepts(port)).isTrue();

        Process second = owner("leave at once");
        port(second);
        second.waitFor();

        assertThat(io.onsale.local.process.Ports.accepts(port)).isFalse();
        assertThat(Pid.of(ProcessHandle.current()).alive()).isPresent();
    }

    private static Process owner(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int port(Process process) throws Exception {
        return Integer.parseInt(process.inputReader().readLine());
    }
}
