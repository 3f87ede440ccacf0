package io.onsale.loadtest.bench;

import io.onsale.loadtest.fault.Victims;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Redis dies and comes back with less than it had. */
final class RedisLoss {

    private static final String DATA = "redis";

    private final LocalStack stack;
    private final Victims victims;

    RedisLoss(LocalStack stack) {
        this.stack = stack;
        this.victims = new Victims(stack);
    }

    /** With nothing. */
    void wiped() {
        victims.kill("redis");
        victims.wipe(DATA);
        victims.up();
    }

    /** Without what it wrote while {@code meanwhile} ran: what a power cut takes from a log that is synced once a second. */
    void rewound(Runnable meanwhile) {
        Path log = log();
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            long length = file.length();
            meanwhile.run();
            Range.pause(Duration.ofSeconds(1));
            victims.kill("redis");
            Range.say("its log loses " + (file.length() - length) + " bytes");
            file.setLength(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        victims.up();
    }

    private Path log() {
        try (Stream<Path> files = Files.walk(stack.directory().resolve("data").resolve(DATA))) {
            return files.filter(file -> file.toString().endsWith(".incr.aof"))
                    .max(java.util.Comparator.comparing(Path::toString))
                    .orElseThrow(() -> new IllegalStateException("Redis keeps no log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
