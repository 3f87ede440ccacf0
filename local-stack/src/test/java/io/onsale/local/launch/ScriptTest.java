package io.onsale.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.ProjectRoot;
import io.onsale.local.process.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in a bare checkout, with what it finds on the PATH made up. */
class ScriptTest {

    @TempDir
    Path checkout;

    @BeforeEach
    void copyScript() throws Exception {
        Files.copy(ProjectRoot.find().resolve("onsale"), checkout.resolve("onsale"));
        executable(checkout.resolve("onsale"));
        Files.createDirectories(checkout.resolve("bin"));
    }

    @Test
    void aMissingMavenIsNamedWithHowToGetIt() throws Exception {
        Commands.Result result = up(System.getProperty("java.home"), systemToolsBut("mvn"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("Maven 3.8 or newer").contains("maven.apache.org");
    }

    @Test
    void anOldMavenIsNamedWithItsVersion() throws Exception {
        program("mvn", "echo 'Apache Maven 3.6.3 (abc)'");
        Commands.Result result = up(System.getProperty("java.home"), checkout.resolve("bin") + ":" + path());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("mvn on the PATH is 3.6");
    }

    @Test
    void aFailedBuildShowsItsErrorsAndTheLog() throws Exception {
        program(
                "mvn",
                "if [ \"$1\" = -version ]; then echo 'Apache Maven 3.9.9'; else echo '[ERROR] it broke'; exit 1; fi");
        Commands.Result result = up(System.getProperty("java.home"), checkout.resolve("bin") + ":" + path());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("it broke").contains(".onsale/logs/build.log");
    }

    private Commands.Result up(String javaHome, String path) {
        return Commands.run(
                List.of("/bin/sh", checkout.resolve("onsale").toString(), "up"),
                Map.of("PATH", path, "JAVA_HOME", javaHome, "HOME", checkout.toString()));
    }

    /** The commands that the script calls, in a directory without the one. */
    private String systemToolsBut(String missing) throws Exception {
        Path tools = Files.createDirectories(checkout.resolve("tools"));
        for (String name : List.of(
                "sh",
                "dirname",
                "readlink",
                "sed",
                "grep",
                "find",
                "head",
                "ls",
                "mkdir",
                "chmod",
                "date",
                "touch",
                "cat",
                "mv",
                "sort",
                "rm")) {
            Path found = Commands.onPath(name).orElseThrow();
            if (!name.equals(missing)) {
                Files.createSymbolicLink(tools.resolve(name), found);
            }
        }
        return tools.toString();
    }

    private static String path() {
        return System.getenv("PATH");
    }

    private void program(String name, String body) throws Exception {
        Path file = checkout.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        executable(file);
    }

    private static void executable(Path file) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
