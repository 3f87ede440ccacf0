package io.onsale.platform;

import io.onsale.local.stores.TestStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Makes the tables of the platform: each script once, and one at a time, since two at once would both make the schema. */
public final class Migrations {
    private static final Set<String> DONE = new HashSet<>();

    private Migrations() {}

    public static synchronized void run(String script) {
        if (DONE.contains(script)) {
            return;
        }
        try (var in = Objects.requireNonNull(Migrations.class.getResourceAsStream("/db/migration/__root/" + script));
                var connection = TestStores.postgres().appConnection();
                var sql = connection.createStatement()) {
            sql.execute("create schema if not exists platform");
            sql.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            DONE.add(script);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
