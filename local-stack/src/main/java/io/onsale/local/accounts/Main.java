package io.onsale.local.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Writes the demo accounts and prints them: JDBC address, user, directory of secrets, file to keep them in. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws IOException, SQLException {
        Path secrets = Path.of(args[2]);
        Path credentials = Path.of(args[3]);
        DemoAccounts accounts = new DemoAccounts(
                Files.readString(secrets.resolve("onsale.accounts.pii-key")),
                Files.readString(secrets.resolve("onsale.accounts.pii-index-key")));
        String password = Files.readString(secrets.resolve("spring.r2dbc.password"));
        try (Connection database = DriverManager.getConnection(args[0], args[1], password)) {
            accounts.ensure(credentials, database);
        }
        System.out.println(Files.readString(credentials));
    }
}
