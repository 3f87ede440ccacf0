package io.onsale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {

    @TempDir
    Path directory;

    private Daemon daemon;

    @BeforeEach
    void create() {
        daemon = again();
    }

    @AfterEach
    void kill() {
        daemon.kill();
    }

    @Test
    void whoeverReadsThePidFileCanStopIt() {
        start("echo hello; sleep 60");
        assertThat(again().running()).isTrue();

        again().stop(Signal.TERM, Duration.ofSeconds(5));

        assertThat(daemon.running()).isFalse();
    }

    @Test
    void aKillTakesItsChildrenToo() throws Exception {
        ProcessHandle parent = start("sleep 60 & sleep 60; true");
        while (parent.descendants().count() < 2) {
            Thread.sleep(10);
        }
        List<Pid> children = parent.descendants().map(Pid::of).toList();

        daemon.kill();

        assertThat(children).allMatch(child -> child.alive().isEmpty());
    }

    @Test
    void oneThatIgnoresTheSignalIsKilledInTheEnd() throws Exception {
        start("trap '' TERM; echo deaf; while true; do sleep 1; done");
        while (!daemon.logTail(1).equals(List.of("deaf"))) {
            Thread.sleep(10);
        }
        daemon.stop(Signal.TERM, Duration.ofMillis(300));
        assertThat(daemon.running()).isFalse();
    }

    @Test
    void aNumberThatAnotherProcessHasNowIsNotTakenForIt() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        Files.writeString(directory.resolve("pid"), self.pid() + "\n" + 1_000_000_000_000L + "\n");

        assertThat(daemon.running()).isFalse();
        daemon.kill(); // must not touch this JVM
        assertThat(Pid.of(self).alive()).isPresent();
    }

    @Test
    void theLogIsOfThisRunAndTheOneBeforeIsKept() throws Exception {
        start("echo first").onExit().join();
        start("echo second").onExit().join();

        assertThat(daemon.logTail(10)).containsExactly("second");
        assertThat(directory.resolve("log.1")).hasContent("first\n");
    }

    private ProcessHandle start(String script) {
        return daemon.start(List.of("/bin/sh", "-c", script), Map.of(), directory);
    }

    private Daemon again() {
        return new Daemon(directory.resolve("pid"), directory.resolve("log"));
    }
}
