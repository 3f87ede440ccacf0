package io.onsale.local.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** `.onsale/` of a checkout: everything that the local stack writes is under it. */
record StackHome(Path root) {

    Path directory() {
        return root.resolve(".onsale");
    }

    Path run() {
        return directory().resolve("run");
    }

    Path logs() {
        return directory().resolve("logs");
    }

    Path data() {
        return directory().resolve("data");
    }

    Path secrets() {
        return directory().resolve("secrets");
    }

    /** Unpacked applications and their class archives: made from the build, so never worth keeping. */
    Path images() {
        return directory().resolve("images");
    }

    Path credentials() {
        return directory().resolve("credentials.json");
    }

    Path pidFile(String service) {
        return run().resolve(service + ".pid");
    }

    Path log(String service) {
        return logs().resolve(service + ".log");
    }

    /** Others may pass through (PostgreSQL may run as another user) but not look; secrets are closed to them. */
    void create() {
        directory("rwx--x--x", directory());
        directory("rwx--x--x", run());
        directory("rwx--x--x", logs());
        directory("rwx--x--x", data());
        directory("rwx------", secrets());
    }

    private static void directory(String permissions, Path path) {
        try {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + path, e);
        }
    }
}
