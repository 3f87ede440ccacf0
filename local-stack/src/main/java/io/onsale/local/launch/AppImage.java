package io.onsale.local.launch;

import io.onsale.local.process.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * An app unpacked from its Boot jar. It runs from here and not from `target/`, so that a build does not pull the jar
 * away from under a running JVM; unpacked it also starts faster.
 */
record AppImage(Path jar) {

    static AppImage of(StackHome home, String module) {
        Path built = builtJar(home.root().resolve(module).resolve("target"), module);
        Path image = home.images().resolve(module + "-" + identity(built));
        Path jar = image.resolve(built.getFileName());
        if (!Files.exists(jar)) {
            unpack(built, image);
        }
        return new AppImage(jar);
    }

    /** Where the record of its classes belongs that this JVM's kind can use. */
    Path classArchive() {
        String jdk = Runtime.version() + "-" + System.getProperty("java.vendor");
        return jar.resolveSibling("classes-" + jdk.replaceAll("[^A-Za-z0-9.]+", "_") + ".jsa");
    }

    private static Path builtJar(Path target, String module) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().startsWith(module + "-"))
                    .filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new LaunchFailure(module + " is not built: no jar in " + target));
        } catch (IOException e) {
            throw new LaunchFailure(module + " is not built: " + target + " is missing");
        }
    }

    /** From the checksums of what is in it: reproducible builds give every jar the same time. */
    private static String identity(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            long hash = zip.stream()
                    .mapToLong(entry -> entry.getCrc() * 31 + entry.getName().hashCode())
                    .reduce(0, (all, one) -> all * 1_000_003 + one);
            return Long.toHexString(hash);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar, e);
        }
    }

    private static void unpack(Path built, Path image) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path fresh = image.resolveSibling(image.getFileName() + ".new");
        Trees.delete(fresh);
        List<String> command = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Djarmode=tools",
                "-jar",
                built.toString(),
                "extract",
                "--destination",
                fresh.toString());
        Commands.Result result = Commands.run(command);
        if (!result.ok()) {
            throw new LaunchFailure("Cannot unpack " + built + ":\n" + result.output());
        }
        try {
            Files.move(fresh, image);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + fresh, e);
        }
    }

    /** Deletes what no service runs from any more. */
    static void prune(StackHome home, List<AppImage> kept) {
        try (Stream<Path> all = Files.list(home.images())) {
            all.filter(path -> kept.stream().noneMatch(image -> image.jar().startsWith(path)))
                    .forEach(Trees::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
