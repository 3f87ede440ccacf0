package io.onsale.local.stores;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * PostgreSQL 18 with the database `onsale`, which belongs to the role `onsale_app`: no superuser, so what works with it
 * works with least privilege.
 */
public final class PostgresServer extends Store {

    private static final String ROLE = "onsale_app";
    private static final String DATABASE = "onsale";

    private final String adminPassword;
    private final String appPassword;

    PostgresServer(Engine engine, int port, String adminPassword, String appPassword) {
        super(engine, port);
        this.adminPassword = adminPassword;
        this.appPassword = appPassword;
    }

    /** As a process of this machine; `durable` waits for the disk at commit. */
    public static PostgresServer process(
            StoreHome home, int port, String adminPassword, String appPassword, boolean durable) {
        return new PostgresServer(
                PostgresCommand.engine(home, port, adminPassword, durable), port, adminPassword, appPassword);
    }

    /** Where the files of a server asked to live in this directory really are: it must be open to the server's user. */
    public static Path dataDirectory(Path wanted) {
        return Places.data(wanted);
    }

    public String database() {
        return DATABASE;
    }

    public String username() {
        return ROLE;
    }

    public String password() {
        return appPassword;
    }

    public String r2dbcUrl() {
        return "r2dbc:postgresql://" + host() + ":" + port() + "/" + DATABASE;
    }

    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** As the apps connect. */
    public Connection appConnection() throws SQLException {
        return connect(DATABASE, ROLE, appPassword);
    }

    /** As the owner of the server, for what `onsale_app` may not. */
    public Connection adminConnection() throws SQLException {
        return connect("postgres", "postgres", adminPassword);
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public boolean answers() {
        try (Connection connection = adminConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    void prepare() {
        try (Connection admin = adminConnection();
                var sql = admin.createStatement()) {
            if (!exists(admin, "select 1 from pg_roles where rolname = ?", ROLE)) {
                sql.execute("create role " + ROLE + " login");
            }
            sql.execute("alter role " + ROLE + " password " + sql.enquoteLiteral(appPassword));
            if (!exists(admin, "select 1 from pg_database where datname = ?", DATABASE)) {
                sql.execute("create database " + DATABASE + " owner " + ROLE);
            }
        } catch (SQLException e) {
            throw new StoreFailedException("PostgreSQL could not be prepared: " + e.getMessage());
        }
    }

    private static boolean exists(Connection connection, String query, String argument) throws SQLException {
        try (var select = connection.prepareStatement(query)) {
            select.setString(1, argument);
            return select.executeQuery().next();
        }
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    private Connection connect(String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        Connection connection = new Driver().connect(jdbcUrl(database), properties);
        if (connection == null) {
            throw new SQLException("driver refused " + jdbcUrl(database));
        }
        return connection;
    }
}
