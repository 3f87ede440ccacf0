package io.onsale.loadtest.bench;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The yardstick: the committed minimal hold transaction, run by PostgreSQL's own load tool. */
final class Pgbench {

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

    private final LocalStack stack;
    private final Path scripts;
    private final int clients;

    Pgbench(LocalStack stack, int clients) {
        this.stack = stack;
        this.scripts = stack.directory().resolveSibling("loadtest").resolve("pgbench");
        this.clients = clients;
    }

    void prepare() {
        try (Connection connection = stack.postgres();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(scripts.resolve("schema.sql")));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("cannot prepare the yardstick: " + e.getMessage(), e);
        }
    }

    void clean() {
        try (Connection connection = stack.postgres();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists bench cascade");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot clean up: " + e.getMessage(), e);
        }
    }

    /** Transactions per second. */
    double run(Duration duration) {
        List<String> command = List.of(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                Integer.toString(clients),
                "-j",
                "2",
                "-T",
                Long.toString(duration.toSeconds()),
                "-f",
                scripts.resolve("hold.sql").toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(8140 + stack.offset()),
                "-U",
                "onsale_app",
                "onsale");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", stack.postgresPassword());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = TPS.matcher(output);
            if (process.waitFor() != 0 || !matcher.find()) {
                throw new IllegalStateException("pgbench failed:\n" + output);
            }
            return Double.parseDouble(matcher.group(1));
        } catch (IOException e) {
            throw new Complaint("This bench needs pgbench on the PATH (Debian: apt install postgresql-contrib)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
