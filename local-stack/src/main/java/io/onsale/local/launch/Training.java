package io.onsale.local.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The record of the classes that an app loads until it is ready (JEP 350): starts after the one that was recorded map them instead of
 * parsing and verifying them again.
 *
 * @param archive where the record goes; its name says which JDK made it, for no other can read it
 * @param trained the app with its record
 * @param recording the app while it is recorded, which is written when it ends
 */
record Training(Path archive, Service trained, JvmService recording) {

    private static final Duration WRITING_PATIENCE = Duration.ofMinutes(4);

    /** Keeps the JVM silent when an archive does not fit: it starts without it then. */
    private static final List<String> QUIET = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off");

    static List<String> trainedCommand(Path archive, List<String> command) {
        return with("-XX:SharedArchiveFile=" + archive, command);
    }

    static List<String> recordingCommand(Path archive, List<String> command) {
        return with("-XX:ArchiveClassesAtExit=" + fresh(archive), command);
    }

    /** What runs already is not stopped for a record. */
    boolean isWanted() {
        return !Files.exists(archive) && (trained.process().isEmpty() || trained.outdated());
    }

    /** What an earlier recording may have left is no record. */
    void begin() {
        try {
            Files.deleteIfExists(fresh(archive));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the record the app only starts more slowly, so a failure is told and not raised. */
    void end(Console console) {
        boolean whole = recording.stop(WRITING_PATIENCE);
        try {
            if (whole && Files.exists(fresh(archive))) {
                Files.move(fresh(archive), archive, StandardCopyOption.REPLACE_EXISTING);
            } else {
                console.row(
                        recording.name(),
                        "not recorded",
                        "it starts without its class archive; see " + recording.log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path fresh(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".new");
    }

    private static List<String> with(String option, List<String> command) {
        List<String> whole = new ArrayList<>(List.of(command.get(0), option));
        whole.addAll(QUIET);
        whole.addAll(command.subList(1, command.size()));
        return whole;
    }
}
