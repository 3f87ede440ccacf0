package io.onsale.local.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** `./onsale logs [NAME ...] [-f]`. */
final class Logs {

    private final StackHome home;

    Logs(StackHome home) {
        this.home = home;
    }

    int run(List<String> words) {
        boolean follow = words.contains("-f");
        List<String> names = words.stream().filter(word -> !word.equals("-f")).toList();
        List<String> files =
                names.isEmpty() ? all() : names.stream().map(this::file).toList();
        if (files.isEmpty()) {
            throw new LaunchFailure("There are no logs yet: ./onsale up");
        }
        List<String> command = new ArrayList<>(List.of("tail", "-n", files.size() == 1 ? "100" : "20"));
        if (follow) {
            command.add("-F");
        }
        command.addAll(files);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private String file(String name) {
        Path log = home.log(name);
        if (!Files.exists(log)) {
            throw new LaunchFailure("There is no log of " + name + ". There are: " + String.join(" ", names()));
        }
        return log.toString();
    }

    private List<String> names() {
        return all().stream()
                .map(file -> Path.of(file).getFileName().toString().replace(".log", ""))
                .toList();
    }

    private List<String> all() {
        if (!Files.isDirectory(home.logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.logs())) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
