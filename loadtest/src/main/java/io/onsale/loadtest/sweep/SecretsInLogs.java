package io.onsale.loadtest.sweep;

import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads everything that the system's processes wrote, for what must not be in it. */
final class SecretsInLogs {
    /** Shorter ones may be in a log by chance. */
    private static final int SHORTEST = 16;
    /** The end of a token is its signature, its beginning is like that of all others. */
    private static final int END = 32;

    private final LocalStack stack;

    SecretsInLogs(LocalStack stack) {
        this.stack = stack;
    }

    /** "file: kind of secret" for each that was found; never the secret itself. */
    Set<String> find(Set<String> loot) {
        List<String> keys = keys();
        Set<String> found = new TreeSet<>();
        for (Path log : files(stack.directory().resolve("logs"))) {
            String text = read(log);
            if (loot.stream().anyMatch(secret -> text.contains(end(secret)))) {
                found.add(log.getFileName() + ": a caller's token, pass or password");
            }
            if (keys.stream().anyMatch(text::contains)) {
                found.add(log.getFileName() + ": a secret of the system's own");
            }
        }
        return found;
    }

    /** Each line that is long enough, so that of a key in PEM format any line counts. */
    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Path file : files(stack.directory().resolve("secrets"))) {
            read(file)
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST && !line.startsWith("-----"))
                    .forEach(keys::add);
        }
        return keys;
    }

    private static String end(String secret) {
        return secret.substring(Math.max(0, secret.length() - END));
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
