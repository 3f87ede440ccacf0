package io.onsale.local.launch;

import io.onsale.local.process.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run of an app up to the point where it would open its port, to record the classes it loads (JEP 350): later starts map
 * them instead of parsing and verifying them again.
 *
 * @param archive where the record goes; its name says which JDK made it, for no other can read it
 * @param arguments what the app is started with, without the archive
 */
record Training(String app, Path archive, List<String> arguments, Map<String, String> environment, Path log) {

    /** Keeps the JVM silent when an archive does not fit: it starts without it then. */
    private static final List<String> QUIET = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off");

    boolean isMissing() {
        return !Files.exists(archive);
    }

    /** The command that uses the record when there is one. */
    List<String> trainedCommand() {
        List<String> options = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + archive));
        options.addAll(QUIET);
        return command(options);
    }

    /** Without the record the app only starts more slowly, so a failure is told and not raised. */
    void run(Console console) {
        Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
        List<String> options =
                new ArrayList<>(List.of("-XX:ArchiveClassesAtExit=" + fresh, "-Dspring.context.exit=onRefresh"));
        options.addAll(QUIET);
        Commands.Result result = Commands.run(command(options), environment);
        try {
            Files.writeString(log, result.output());
            if (result.ok() && Files.exists(fresh)) {
                Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
            } else {
                console.row(app, "not recorded", "it starts without its class archive; see " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(arguments.get(0)));
        command.addAll(options);
        command.addAll(arguments.subList(1, arguments.size()));
        return command;
    }
}
