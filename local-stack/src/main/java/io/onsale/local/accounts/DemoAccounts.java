package io.onsale.local.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The four people that a newcomer logs in as: made once, their passwords in a file that only its owner reads. */
public final class DemoAccounts {

    private final PersonalColumns columns;

    /** With the keys of the accounts module, in Base64. */
    public DemoAccounts(String personalDataKey, String indexKey) {
        this.columns = new PersonalColumns(personalDataKey, indexKey);
    }

    /** Writes the file and the rows that are missing; a password that is in the file is the one in the database. */
    public void ensure(Path credentials, Connection database) throws IOException, SQLException {
        boolean known = Files.exists(credentials);
        List<DemoAccount> accounts = known
                ? CredentialsFile.read(credentials)
                : Stream.of(DemoAccount.Role.values()).map(DemoAccount::create).toList();
        for (DemoAccount account : accounts) {
            if (!known || !exists(account, database)) {
                write(account, database);
            }
        }
        if (!known) {
            CredentialsFile.write(credentials, accounts);
        }
    }

    private boolean exists(DemoAccount account, Connection database) throws SQLException {
        try (var select = database.prepareStatement("select 1 from accounts.users where email_hash = ?")) {
            select.setBytes(1, columns.index("email", account.email()));
            return select.executeQuery().next();
        }
    }

    private void write(DemoAccount account, Connection database) throws SQLException {
        UUID id = UUID.randomUUID();
        try (var insert = database.prepareStatement("""
                insert into accounts.users
                    (id, email, email_hash, name, role, password_hash, email_verified, terms_version, terms_accepted_at)
                values (?, ?, ?, ?, ?, ?, true, 'demo', now())
                on conflict (email_hash) do update set password_hash = excluded.password_hash, role = excluded.role
                """)) {
            insert.setObject(1, id);
            insert.setBytes(2, columns.seal("email", id, account.email()));
            insert.setBytes(3, columns.index("email", account.email()));
            insert.setString(4, "Demo " + account.role().key());
            insert.setString(5, account.role().name());
            insert.setString(6, account.passwordHash());
            insert.executeUpdate();
        }
    }
}
