package io.onsale.loadtest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.loadtest.stack.LocalStack;
import io.onsale.loadtest.stack.WholeSystem;
import io.onsale.local.ProjectRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation says to paste is pasted, and must print what the documentation says it prints. */
@Tag("whole-system")
class WalkTest {
    private static final Pattern WALK =
            Pattern.compile("```sh\\n(?<script>.*?)```\\n\\s*```\\n(?<output>.*?)```", Pattern.DOTALL);
    /** Stands for what differs from run to run. */
    private static final String ANYTHING = "…";

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/accounts.md", "docs/catalogue.md"})
    void printsWhatItSays(String file) throws IOException, InterruptedException {
        Matcher walk = WALK.matcher(Files.readString(ProjectRoot.find().resolve(file)));
        assertThat(walk.find()).as("a script and its output in " + file).isTrue();
        List<String> printed = run(walk.group("script"));
        List<String> promised = walk.group("output").lines().toList();
        assertThat(printed).as("lines printed by %s", file).hasSameSizeAs(promised);
        for (int i = 0; i < promised.size(); i++) {
            assertThat(printed.get(i)).matches(pattern(promised.get(i)));
        }
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(Stream.of(line.split(ANYTHING, -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + ".*" + b)
                .orElseThrow());
    }

    private static List<String> run(String script) throws IOException, InterruptedException {
        LocalStack stack = WholeSystem.start();
        Path output = Files.createTempFile("walk", ".txt");
        ProcessBuilder shell = new ProcessBuilder(
                        "bash", "-eu", "-c", script.replace("http://localhost:8080", stack.gateway()))
                .directory(Objects.requireNonNull(stack.directory().getParent()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("api", stack.gateway() + "/api/v1");
        shell.environment().put("mails", stack.sandbox() + "/mails");
        Process process = shell.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroy();
        List<String> printed = Files.readAllLines(output, StandardCharsets.UTF_8);
        Files.delete(output);
        assertThat(ended && process.exitValue() == 0)
                .as("ran to its end: %s", printed)
                .isTrue();
        return printed;
    }
}
