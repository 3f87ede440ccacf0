package io.onsale.loadtest.bench;

import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Netty says in the apps' logs of buffers that were collected before anybody gave them back, from now on. */
record LeakReports(Map<Path, Long> from) {

    private static final Pattern TIME = Pattern.compile("[0-9-]+T[0-9:.]+Z");

    static LeakReports from(LocalStack stack, List<String> apps) {
        Map<Path, Long> ends = new LinkedHashMap<>();
        for (String app : apps) {
            Path log = stack.directory().resolve("logs").resolve(app + ".log");
            ends.put(log, log.toFile().length());
        }
        return new LeakReports(ends);
    }

    /** In which log, and when: the traces are there. */
    List<String> found() {
        List<String> found = new ArrayList<>();
        from.forEach((log, end) -> {
            try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
                // A log that has begun anew is read whole.
                file.seek(file.length() < end ? 0 : end);
                byte[] rest = new byte[(int) (file.length() - file.getFilePointer())];
                file.readFully(rest);
                new String(rest, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("LEAK:"))
                        .map(LeakReports::when)
                        .forEach(time -> found.add(log.getFileName() + " of " + time));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return found;
    }

    private static String when(String line) {
        Matcher time = TIME.matcher(line);
        return time.find() ? time.group() : "an unknown time";
    }
}
