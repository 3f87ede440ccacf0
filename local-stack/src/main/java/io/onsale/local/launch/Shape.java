package io.onsale.local.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many instances run and on which ports. Remembered until `down`, so that a second `up` restores what was asked for.
 *
 * @param offset added to every port
 * @param throughProxy whether a proxy that can misbehave stands between the apps and PostgreSQL and Redis
 */
record Shape(int offset, int queueInstances, int ticketingInstances, boolean throughProxy) {

    private static final int MAX_INSTANCES = 9;

    Shape {
        if (queueInstances < 1
                || queueInstances > MAX_INSTANCES
                || ticketingInstances < 1
                || ticketingInstances > MAX_INSTANCES) {
            throw new LaunchFailure("There can be 1 to " + MAX_INSTANCES + " instances of an app.");
        }
        if (offset < 0 || offset > 50_000) {
            throw new LaunchFailure("ONSALE_PORT_OFFSET must be between 0 and 50000, not " + offset + ".");
        }
    }

    /** What the command line and the environment say; else what is remembered; else the smallest system. */
    static Shape choose(StackHome home, Arguments arguments) {
        Map<String, Integer> remembered = read(file(home));
        String offset = System.getenv("ONSALE_PORT_OFFSET");
        return new Shape(
                offset == null || offset.isBlank()
                        ? remembered.getOrDefault("offset", 0)
                        : Arguments.number("ONSALE_PORT_OFFSET", offset),
                value(arguments.queueInstances(), remembered, "queue-instances"),
                value(arguments.ticketingInstances(), remembered, "ticketing-instances"),
                Boolean.TRUE.equals(arguments.throughProxy()) || remembered.getOrDefault("proxy", 0) == 1);
    }

    /** The running system's shape. */
    static Shape remembered(StackHome home) {
        return choose(home, Arguments.NONE);
    }

    static boolean isRemembered(StackHome home) {
        return Files.exists(file(home));
    }

    /** The offset the running system was started with. */
    static int rememberedOffset(StackHome home) {
        return read(file(home)).getOrDefault("offset", 0);
    }

    void remember(StackHome home) {
        write(
                file(home),
                "offset=" + offset + "\nqueue-instances=" + queueInstances + "\nticketing-instances="
                        + ticketingInstances + "\nproxy=" + (throughProxy ? 1 : 0) + "\n");
    }

    static void forget(StackHome home) {
        try {
            Files.deleteIfExists(file(home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(StackHome home) {
        return home.run().resolve("stack.properties");
    }

    private static int value(@Nullable Integer given, Map<String, Integer> remembered, String name) {
        return given != null ? given : remembered.getOrDefault(name, 1);
    }

    private static Map<String, Integer> read(Path file) {
        Map<String, Integer> values = new LinkedHashMap<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    int equals = line.indexOf('=');
                    values.put(line.substring(0, equals), Integer.parseInt(line.substring(equals + 1)));
                }
            }
            return values;
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            throw new LaunchFailure("Cannot read " + file + " (" + e.getMessage() + "): delete it and try again.");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
