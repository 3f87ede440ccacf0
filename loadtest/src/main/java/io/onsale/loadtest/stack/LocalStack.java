package io.onsale.loadtest.stack;

import io.onsale.loadtest.Complaint;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The system that {@code ./onsale up} started, found by its {@code .onsale} directory. The environment may name other addresses
 * ({@code host:port}): {@code ONSALE_GATEWAY}, {@code ONSALE_SANDBOX}, {@code ONSALE_POSTGRES}, {@code ONSALE_REDIS},
 * {@code ONSALE_KAFKA}.
 *
 * @param offset added to every port
 */
public record LocalStack(Path directory, int offset) {

    public record Account(String email, String password) {}

    /** Looks in the working directory and above it. */
    public static LocalStack find() {
        Path start = Path.of(System.getProperty("onsale.root", "")).toAbsolutePath();
        for (Path at = start; at != null; at = parent(at)) {
            if (Files.isDirectory(at.resolve(".onsale"))) {
                return new LocalStack(at.resolve(".onsale"), offset(at.resolve(".onsale")));
            }
        }
        throw new Complaint("The system is not up (no .onsale here). Start it with ./onsale up");
    }

    private static @Nullable Path parent(Path path) {
        return path.getParent();
    }

    private static int offset(Path directory) {
        String given = System.getenv("ONSALE_PORT_OFFSET");
        if (given != null && !given.isBlank()) {
            return Integer.parseInt(given);
        }
        Path shape = directory.resolve("run").resolve("stack.properties");
        Properties properties = new Properties();
        try {
            if (Files.exists(shape)) {
                properties.load(new StringReader(Files.readString(shape)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Integer.parseInt(properties.getProperty("offset", "0"));
    }

    public String gateway() {
        return "http://" + address("GATEWAY", 8080);
    }

    public String queueApp(int instance) {
        return "http://127.0.0.1:" + (8110 + instance - 1 + offset);
    }

    public String ticketingApp(int instance) {
        return "http://127.0.0.1:" + (8120 + instance - 1 + offset);
    }

    public String sandbox() {
        return "http://" + address("SANDBOX", 8130);
    }

    /** Where the proxy between apps and stores takes its orders, if there is one. */
    public String proxy() {
        return "http://127.0.0.1:" + (8190 + offset);
    }

    /** Where an instance shows its figures. */
    public String management(String instance) {
        int number = Integer.parseInt(instance.replaceFirst("^.*-", ""));
        return "http://127.0.0.1:" + ((instance.startsWith("queue") ? 8170 : 8180) + number + offset);
    }

    public String redisUri() {
        return "redis://:"
                + java.net.URLEncoder.encode(
                        secret("ticketing", "onsale.redis.password"), java.nio.charset.StandardCharsets.UTF_8)
                + "@" + address("REDIS", 8150);
    }

    public String kafka() {
        return address("KAFKA", 8160);
    }

    /** A connection as the ticketing app's own user. */
    public Connection postgres() throws SQLException {
        String url = "jdbc:postgresql://" + address("POSTGRES", 8140) + "/onsale";
        return DriverManager.getConnection(url, "onsale_app", postgresPassword());
    }

    /** As the server's own administrator, who may write whatever is switched off for others. */
    public Connection postgresAsAdmin() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + (8140 + offset)
                + "/onsale?options=-c%20default_transaction_read_only=off";
        return DriverManager.getConnection(url, "postgres", secret("stores", "postgres.admin-password"));
    }

    public String postgresPassword() {
        return secret("ticketing", "spring.r2dbc.password");
    }

    /** What PortOne signs its reports with. */
    public String webhookSecret() {
        return secret("ticketing", "onsale.portone.webhook-secrets");
    }

    public Path signingKeys() {
        return directory.resolve("secrets/ticketing/keys");
    }

    public Account account(String role) {
        Path file = directory.resolve("credentials.json");
        if (!Files.exists(file)) {
            throw new Complaint("There are no demo accounts in " + file + ". Start the system with ./onsale up");
        }
        JsonNode account = JsonMapper.shared().readTree(file.toFile()).path(role);
        return new Account(
                account.path("email").asString(), account.path("password").asString());
    }

    /** A port of this machine, unless the environment knows better: between containers each has a name. */
    private String address(String name, int port) {
        String given = System.getenv("ONSALE_" + name);
        return given == null || given.isBlank() ? "127.0.0.1:" + (port + offset) : given;
    }

    private String secret(String program, String name) {
        Path file = directory.resolve("secrets").resolve(program).resolve(name);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Complaint("The secret " + file + " cannot be read. Start the system with ./onsale up", e);
        }
    }
}
