package io.onsale.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.process.Daemon;
import io.onsale.local.process.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8));
    private final int port = Ports.free();
    private Training training;

    @BeforeEach
    void cast() throws IOException {
        training = training(jar());
    }

    @AfterEach
    void stop() {
        training.trained().stop();
    }

    @Test
    void theFirstStartIsRecordedAndLaterOnesUseTheRecord() throws IOException {
        assertThat(training.isWanted()).isTrue();

        training.begin();
        new Run(console).bringUp(List.of(training.recording()));
        training.end(console);

        assertThat(training.archive()).exists();
        assertThat(training.isWanted()).isFalse();
        new Run(console).bringUp(List.of(training.trained()));
        assertThat(training.trained().healthy()).isTrue();
        assertThat(Files.readString(training.trained().log())).isEmpty();
    }

    @Test
    void whatRunsIsNotStoppedForARecord() {
        new Run(console).bringUp(List.of(training.trained()));

        assertThat(training.isWanted()).isFalse();
    }

    @Test
    void whatIsKilledWhileItIsRecordedLeavesNoRecord() throws IOException {
        training.begin();
        new Run(console).bringUp(List.of(training.recording()));
        Files.writeString(directory.resolve("classes.jsa.new"), "half of one");
        ProcessHandle process = training.recording().process().orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        training.end(console);

        assertThat(training.archive()).doesNotExist();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("not recorded");
    }

    @Test
    void withoutARecordTheAppStartsAllTheSame() {
        // classes of a directory cannot be recorded
        training = training(Path.of("target/test-classes"));

        new Run(console).bringUp(List.of(training.recording()));
        training.end(console);

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("not recorded");
        new Run(console).bringUp(List.of(training.trained()));
        assertThat(training.trained().healthy()).isTrue();
    }

    private Training training(Path classes) {
        Path archive = directory.resolve("classes.jsa");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes.toString(),
                FakeApp.class.getName(),
                "" + port);
        return new Training(
                archive,
                service(Training.trainedCommand(archive, command)),
                service(Training.recordingCommand(archive, command)));
    }

    private JvmService service(List<String> command) {
        return new JvmService(
                "app",
                List.of(port),
                command,
                Map.of(),
                Path.of("").toAbsolutePath(),
                new Daemon(directory.resolve("app.pid"), directory.resolve("app.log")),
                directory.resolve("app.settings"),
                URI.create("http://127.0.0.1:" + port + "/"));
    }

    private Path jar() throws IOException {
        String name = FakeApp.class.getName().replace('.', '/') + ".class";
        Path jar = directory.resolve("app.jar");
        try (InputStream from = Objects.requireNonNull(FakeApp.class.getResourceAsStream("/" + name));
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar))) {
            to.putNextEntry(new JarEntry(name));
            from.transferTo(to);
        }
        return jar;
    }
}
