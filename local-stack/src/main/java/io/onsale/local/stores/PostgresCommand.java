package io.onsale.local.stores;

import io.onsale.local.process.Commands;
import io.onsale.local.process.Pid;
import io.onsale.local.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How PostgreSQL from the binaries jar is initialised and started. */
final class PostgresCommand {

    private final StoreHome home;
    private final int port;
    private final String adminPassword;
    private final boolean durable;
    private final Unprivileged user = Unprivileged.choose();

    private PostgresCommand(StoreHome home, int port, String adminPassword, boolean durable) {
        this.home = home;
        this.port = port;
        this.adminPassword = adminPassword;
        this.durable = durable;
    }

    static Engine engine(StoreHome wanted, int port, String adminPassword, boolean durable) {
        StoreHome home = new StoreHome(Places.data(wanted.data()), wanted.log(), wanted.pidFile());
        PostgresCommand command = new PostgresCommand(home, port, adminPassword, durable);
        return new ProcessEngine(home, Signal.INT, command::make); // INT = fast shutdown: clients are cut off
    }

    private List<String> make() {
        Path binaries = BinaryCache.postgres(Places.cache()).resolve("bin");
        if (!Files.exists(home.data().resolve("PG_VERSION"))) {
            initialise(binaries);
        }
        forgetDeadPostmaster();
        List<String> command =
                new ArrayList<>(List.of(binaries.resolve("postgres").toString()));
        command.addAll(List.of("-D", home.data().toString(), "-p", Integer.toString(port)));
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return user.command(command);
    }

    private Map<String, String> settings() {
        String safe = durable ? "on" : "off";
        return Map.ofEntries(
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", "200"),
                Map.entry("shared_buffers", durable ? "256MB" : "64MB"),
                Map.entry("fsync", safe),
                // Without it a killed server would forget its last commits; fsync guards against a power cut only.
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", safe),
                // More of them make guessing dear, which random passwords forbid already, and each new connection.
                Map.entry("scram_iterations", "1"),
                Map.entry("shared_preload_libraries", "pg_stat_statements"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"));
    }

    private void initialise(Path binaries) {
        try {
            Places.giveTo(user, home.data());
            Path passwordFile = Files.createTempFile(home.data().getParent(), "initdb", "");
            Files.writeString(passwordFile, adminPassword);
            Places.giveTo(user, passwordFile);
            List<String> initdb = List.of(
                    binaries.resolve("initdb").toString(),
                    "--pgdata=" + home.data(),
                    "--username=postgres",
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    durable ? "--data-checksums" : "--no-sync");
            Commands.Result result = Commands.run(user.command(initdb));
            Files.delete(passwordFile);
            if (!result.ok()) {
                throw new StoreFailedException("initdb failed:\n" + result.output());
            }
            Files.setPosixFilePermissions(home.data(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot initialise " + home.data(), e);
        }
    }

    /** A killed server leaves its pid behind; a stranger that got the number since would keep ours from starting. */
    private void forgetDeadPostmaster() {
        Path lock = home.data().resolve("postmaster.pid");
        try {
            if (!Files.exists(lock)) {
                return;
            }
            long number = Long.parseLong(Files.readAllLines(lock).get(0).trim());
            boolean postgres = ProcessHandle.of(number)
                    .map(Pid::of)
                    .flatMap(Pid::alive)
                    .flatMap(process -> process.info().command())
                    .filter(command -> command.endsWith("/postgres"))
                    .isPresent();
            if (!postgres) {
                Files.delete(lock);
            }
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            throw new StoreFailedException("cannot read " + lock + ": " + e);
        }
    }
}
