package io.onsale.loadtest.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** The store of record restarted, refusing, or deadlocked by a stranger. */
final class PostgresFaults {

    private PostgresFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.served("postgres-restart", strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().quit("postgres");
                    Victims.sleep(Duration.ofSeconds(2));
                    strike.victims().up();
                }),
                Fault.served("postgres-read-only", "503 while it refuses, then " + Fault.ALL_SERVED, strike -> {
                    strike.waitForTheMiddle();
                    readOnly(strike, "on");
                    Victims.say("PostgreSQL takes no writes for 10 s");
                    Victims.sleep(Duration.ofSeconds(10));
                    readOnly(strike, "off");
                }),
                Fault.served("postgres-deadlock", "503 for the victims, then " + Fault.ALL_SERVED, strike -> {
                    strike.waitForTheMiddle();
                    long before = counted(strike);
                    int lost = 0;
                    for (int i = 0; i < 12; i++) {
                        lost += crossLocks(strike) ? 1 : 0;
                        Victims.sleep(Duration.ofMillis(500));
                    }
                    long deadlocks = counted(strike) - before;
                    Victims.say(deadlocks + " deadlocks, of which the stranger lost " + lost);
                    if (deadlocks == 0) {
                        throw new StruckNobodyException("nobody was in a deadlock");
                    }
                }));
    }

    private static void readOnly(Strike strike, String onOff) {
        try (Connection connection = strike.stack().postgresAsAdmin();
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set default_transaction_read_only = " + onOff);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Locks in the other order than the apps do: the outbox first, then the reservations they are changing. Whose deadlock timer ends
     * first is rolled back, usually theirs.
     */
    private static boolean crossLocks(Strike strike) {
        try (Connection connection = strike.stack().postgresAsAdmin();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local lock_timeout = '3s'");
            statement.execute("lock table platform.outbox in share row exclusive mode");
            Victims.sleep(Duration.ofMillis(300));
            statement.execute("select id from reservations.reservations where status in ('PENDING', 'PAYING')"
                    + " and expires_at > clock_timestamp() for update");
            connection.rollback();
            return false;
        } catch (SQLException e) {
            return "40P01".equals(e.getSQLState());
        }
    }

    private static long counted(Strike strike) {
        try (Connection connection = strike.stack().postgresAsAdmin();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select deadlocks from pg_stat_database where datname = 'onsale'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
