package io.onsale.local.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.onsale.local.process.Ports;
import io.onsale.local.stores.PostgresServer;
import io.onsale.local.stores.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy between a real client and a real PostgreSQL. */
class LinkTest {

    private final PostgresServer postgres = TestStores.postgres();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final int port = Ports.free();
    private Link link = new Link("postgres", port, postgres.port(), loops, new Sender(Path.of("")));

    @BeforeEach
    void listen(@TempDir Path pids) throws SQLException {
        link = new Link("postgres", port, postgres.port(), loops, new Sender(pids));
        link.listen();
        try (Connection direct = postgres.appConnection()) {
            direct.createStatement().execute("create table if not exists passed (x int)");
            direct.createStatement().execute("truncate passed");
        }
    }

    @AfterEach
    void stop() {
        loops.shutdownGracefully();
    }

    private Connection through() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + postgres.database()
                + "?socketTimeout=2&prepareThreshold=1";
        return DriverManager.getConnection(url, postgres.username(), postgres.password());
    }

    private long rows() throws SQLException {
        try (Connection direct = postgres.appConnection();
                var rows = direct.createStatement().executeQuery("select count(*) from passed")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void letsThroughWhatIsFineAndDelaysWhatIsNot() throws Exception {
        try (Connection connection = through()) {
            connection.createStatement().execute("insert into passed values (1)");
            link.becomes(new Weather(100, 0, 0, false));
            long began = System.nanoTime();
            connection.createStatement().execute("insert into passed values (2)");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(200));
        }
        assertThat(rows()).isEqualTo(2);
    }

    /** A thousand rows come in many pieces, each held up by another lot. */
    @Test
    void keepsTheOrderOfWhatItHoldsUp() throws Exception {
        try (Connection connection = through()) {
            link.becomes(new Weather(1, 3, 0, false));
            for (int i = 0; i < 20; i++) {
                try (var rows = connection
                        .createStatement()
                        .executeQuery("select n, repeat('x', 500) from generate_series(1, 1000) n")) {
                    for (int n = 1; n <= 1000; n++) {
                        rows.next();
                        assertThat(rows.getInt(1)).isEqualTo(n);
                    }
                }
            }
        }
    }

    /** The third run of a prepared statement only names it: its text has passed long before. */
    @Test
    void losesTheAnswerToWhatWasDone() throws Exception {
        try (Connection connection = through();
                PreparedStatement insert = connection.prepareStatement("insert into passed values (?)")) {
            for (int i = 0; i < 3; i++) {
                insert.setInt(1, i);
                insert.execute();
            }
            link.set(trap("LOSE_REPLY", "insert into passed"));
            assertThatThrownBy(insert::execute).isInstanceOf(SQLException.class);
        }
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void swallowsWhatNeverArrives() throws Exception {
        try (Connection connection = through()) {
            link.set(trap("KILL_BEFORE", "insert into passed"));
            assertThatThrownBy(() -> connection.createStatement().execute("insert into passed values (1)"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(rows()).isZero();
    }

    @Test
    void whatLivedThroughSilenceStaysSilent() throws Exception {
        try (Connection connection = through()) {
            link.becomes(new Weather(0, 0, 0, true));
            assertThatThrownBy(() -> connection.createStatement().execute("insert into passed values (1)"))
                    .isInstanceOf(SQLException.class);
            link.becomes(Weather.FINE);
            try (Connection fresh = through()) {
                fresh.createStatement().execute("insert into passed values (2)");
            }
        }
        assertThat(rows()).isEqualTo(1);
    }

    private static Trap trap(String deed, String words) throws IOException {
        return Trap.of(new ObjectMapper()
                .readTree("{\"link\":\"postgres\",\"words\":[\"" + words + "\"],\"deed\":\"" + deed + "\"}"));
    }
}
