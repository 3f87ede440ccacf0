package io.onsale.queue.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class FairOrderTest {
    private static final Path SOURCE = Path.of("../docs/draw/VerifyDraw.java");

    @TempDir
    private static Path classes;

    record Vector(
            String seed,
            String beacon,
            List<String> entries,
            String commitment,
            String entriesHash,
            List<String> order) {

        List<Long> numbers() {
            return entries.stream().map(Long::valueOf).toList();
        }
    }

    static Stream<Vector> vectors() {
        return Stream.of(
                new JsonMapper().readValue(SOURCE.resolveSibling("vectors.json").toFile(), Vector[].class));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithTheVectors(Vector vector) {
        byte[] seed = HexFormat.of().parseHex(vector.seed());
        assertThat(FairOrder.commitment(seed)).isEqualTo(vector.commitment());
        assertThat(FairOrder.listHash(vector.numbers())).isEqualTo(vector.entriesHash());
        assertThat(new FairOrder(seed, vector.beacon()).of(vector.numbers()))
                .map(String::valueOf)
                .isEqualTo(vector.order());
    }

    @BeforeAll
    static void compileTheVerifier() {
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), SOURCE.toString()))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theStandaloneVerifierAgreesAndNoticesAChange(Vector vector, @TempDir Path directory) throws Exception {
        Path list = directory.resolve("entries.txt");
        Files.write(list, vector.entries());
        assertThat(verify(list, vector, vector.seed())).isZero();
        assertThat(verify(list, vector, "00".repeat(32))).isEqualTo(1);
        Files.write(list, List.of("12345"));
        assertThat(verify(list, vector, vector.seed())).isEqualTo(1);
    }

    /** As people run it who have nothing but the file and a JDK. */
    @Test
    void theVerifierRunsFromItsSource(@TempDir Path directory) throws Exception {
        Vector vector = vectors().findFirst().orElseThrow();
        Path list = Files.write(directory.resolve("entries.txt"), vector.entries());
        assertThat(verify(List.of(SOURCE.toString()), list, vector, vector.seed()))
                .isZero();
    }

    @Test
    void everyEntryHasTheSameChance() {
        int[] wins = new int[10];
        List<Long> entries = LongStream.range(0, 10).boxed().toList();
        for (int i = 0; i < 10_000; i++) {
            byte[] seed = new byte[] {(byte) i, (byte) (i >> 8), 7};
            wins[new FairOrder(seed, "").of(entries).get(0).intValue()]++;
        }
        assertThat(IntStream.of(wins).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }

    private static int verify(Path list, Vector vector, String seed) throws IOException, InterruptedException {
        return verify(List.of("-XX:TieredStopAtLevel=1", "-cp", classes.toString(), "VerifyDraw"), list, vector, seed);
    }

    private static int verify(List<String> program, Path list, Vector vector, String seed)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(program);
        command.addAll(List.of("--entries", list.toString(), "--seed", seed, "--commitment", vector.commitment()));
        command.addAll(List.of("--entries-hash", vector.entriesHash(), "--beacon", vector.beacon()));
        command.addAll(List.of("--entry", vector.order().get(0)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
