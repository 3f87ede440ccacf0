package io.onsale.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onsale.local.process.Daemon;
import io.onsale.local.process.Ports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8));
    private final List<Service> services = new ArrayList<>();

    @AfterEach
    void stopAll() {
        services.forEach(Service::stop);
    }

    @Test
    void aSecondRunLeavesWhatWorksAndStartsWhatIsMissing() {
        Service kept = app("kept", Ports.free());
        Service lost = app("lost", Ports.free());
        new Run(console).bringUp(List.of(kept, lost));
        long keptPid = pid(kept);
        lost.process().orElseThrow().destroyForcibly();

        new Run(console).bringUp(List.of(kept, lost));

        assertThat(pid(kept)).isEqualTo(keptPid);
        assertThat(lost.healthy()).isTrue();
    }

    @Test
    void aServiceWithOtherSettingsIsRestarted() {
        int port = Ports.free();
        Service before = app("app", port);
        new Run(console).bringUp(List.of(before));
        long first = pid(before);

        Service after = service("app", port, Map.of("SETTING", "changed"), "" + port);
        new Run(console).bringUp(List.of(after));

        assertThat(pid(after)).isNotEqualTo(first);
        assertThat(said()).contains("changed: restarting");
    }

    @Test
    void anAppThatDiesIsNamedAndWhatTheRunStartedIsTakenBack() {
        Service healthy = app("healthy", Ports.free());
        Service doomed = service("doomed", Ports.free(), Map.of(), "0", "luck");
        Run run = new Run(console);

        assertThatThrownBy(() -> run.bringUp(List.of(healthy, doomed)))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("doomed ended while starting.");
        run.undo();

        assertThat(healthy.process()).isEmpty();
        assertThat(new Daemon(directory.resolve("doomed.pid"), doomed.log()).logTail(5))
                .singleElement()
                .satisfies(line -> assertThat(LogLine.readable(line)).isEqualTo("ERROR cannot start no luck"));
    }

    @Test
    void whatFailsBesideTheOthersIsGivenAsTheReason() {
        Service doomed = service("doomed", Ports.free(), Map.of(), "0", "luck");
        Run run = new Run(console);
        run.begin(List.of(doomed));

        assertThatThrownBy(() -> {
                    run.bringUp(List.of(app("healthy", Ports.free())));
                    run.await();
                })
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("doomed ended while starting.");
    }

    @Test
    void whatFailedBeforeTheOthersWereBegunIsGivenAsTheReasonAndNothingElseIsStarted() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Service healthy = app("healthy", Ports.free());
            Run run = new Run(console);
            run.begin(List.of(app("blocked", stranger.getLocalPort())));
            assertThatThrownBy(run::await).isInstanceOf(LaunchFailure.class);

            assertThatThrownBy(() -> run.bringUp(List.of(healthy)))
                    .isInstanceOf(LaunchFailure.class)
                    .hasMessageContaining("blocked needs port");
            assertThat(healthy.process()).isEmpty();
        }
    }

    @Test
    void whatRanBeforeAFailedRunGoesOn() {
        Service old = app("old", Ports.free());
        new Run(console).bringUp(List.of(old));

        Run run = new Run(console);
        assertThatThrownBy(() -> run.bringUp(List.of(old, service("doomed", Ports.free(), Map.of(), "0", "luck"))))
                .isInstanceOf(LaunchFailure.class);
        run.undo();

        assertThat(old.healthy()).isTrue();
    }

    @Test
    void aTakenPortIsNamedWithItsOwnerAndTheWayOut() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Service service = app("blocked", stranger.getLocalPort());

            assertThatThrownBy(() -> new Run(console).bringUp(List.of(service)))
                    .isInstanceOf(LaunchFailure.class)
                    .hasMessageContaining("blocked needs port " + stranger.getLocalPort())
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .hasMessageContaining("ONSALE_PORT_OFFSET");
            assertThat(service.process()).isEmpty();
        }
    }

    private Service app(String name, int port) {
        return service(name, port, Map.of(), "" + port);
    }

    private Service service(String name, int port, Map<String, String> settings, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "target/test-classes",
                FakeApp.class.getName()));
        command.addAll(List.of(arguments));
        Service service = new JvmService(
                name,
                List.of(port),
                command,
                settings,
                Path.of("").toAbsolutePath(),
                new Daemon(directory.resolve(name + ".pid"), directory.resolve(name + ".log")),
                directory.resolve(name + ".settings"),
                URI.create("http://127.0.0.1:" + port + "/"));
        services.add(service);
        return service;
    }

    private static long pid(Service service) {
        return service.process().orElseThrow().pid();
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
