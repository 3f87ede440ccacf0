package io.onsale.local.stores;

import io.onsale.local.process.Commands;
import io.onsale.local.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How Redis is started: the machine's own server when it is new enough, else the one from the jar. */
final class RedisCommand {

    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");

    private RedisCommand() {}

    static Engine engine(StoreHome home, int port, String password, boolean durable, List<String> more) {
        return new ProcessEngine(home, Signal.TERM, () -> make(home, port, password, durable, more));
    }

    private static List<String> make(StoreHome home, int port, String password, boolean durable, List<String> more) {
        String settings = String.join(
                "\n",
                "port " + port,
                "bind 127.0.0.1",
                "requirepass " + password,
                "masterauth " + password,
                "dir " + home.data(),
                "save \"\"",
                "appendonly " + (durable ? "yes" : "no"),
                "appendfsync everysec",
                "maxmemory-policy noeviction",
                "set-proc-title no", // its command line says whose it is
                String.join("\n", more),
                "");
        Path file = home.data().resolve("redis.conf");
        try {
            Files.deleteIfExists(file); // the password is in it: never on the command line, never readable by others
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(binary().toString(), file.toString());
    }

    private static Path binary() {
        return Stream.of("valkey-server", "redis-server")
                .map(Commands::onPath)
                .flatMap(Optional::stream)
                .filter(RedisCommand::newEnough)
                .findFirst()
                .orElseGet(() -> BinaryCache.redis(Places.cache()));
    }

    private static boolean newEnough(Path binary) {
        Matcher version = VERSION.matcher(
                Commands.run(List.of(binary.toString(), "--version")).output());
        return version.find() && Integer.parseInt(version.group(1)) >= 7;
    }
}
