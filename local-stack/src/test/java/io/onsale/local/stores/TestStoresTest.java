package io.onsale.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.process.Ports;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TestStoresTest {

    @Test
    void postgresServesTheAppsRoleThroughKillAndRestart() throws Exception {
        PostgresServer postgres = TestStores.postgres();
        try (Connection connection = connect(postgres);
                var sql = connection.createStatement()) {
            sql.execute("create table survivors (id int)");
            sql.execute("insert into survivors values (1)");
            sql.execute("create extension pg_trgm");
            var roles = sql.executeQuery("select rolsuper, version() from pg_roles where rolname = current_user");
            roles.next();
            assertThat(roles.getBoolean(1)).isFalse();
            assertThat(roles.getString(2)).startsWith("PostgreSQL 18");
        }

        postgres.kill();
        assertThat(postgres.answers()).isFalse();
        postgres.start();

        try (Connection connection = connect(postgres);
                var sql = connection.createStatement()) {
            sql.executeQuery("select * from survivors");
            sql.execute("drop table survivors");
        }
    }

    @Test
    void redisRefusesStrangersAndIsPausedResumedAndWiped() throws Exception {
        RedisServer redis = TestStores.redis();
        assertThat(redis.uri()).startsWith("redis://:test@127.0.0.1:");
        assertThat(new RedisServer(new NoEngine(), redis.port(), "wrong").answers())
                .isFalse();

        redis.pause();
        var asked = java.util.concurrent.CompletableFuture.supplyAsync(redis::answers);
        assertThat(asked.isDone()).isFalse();
        redis.resume();
        assertThat(asked.get(5, TimeUnit.SECONDS)).isTrue();

        redis.wipe();
        redis.stop();
        assertThat(redis.running()).isFalse();
        redis.start();
        assertThat(redis.answers()).isTrue();
    }

    @Test
    void aClusterOfThreeMastersServesEverySlot() {
        RedisCluster cluster = TestStores.redisCluster();
        assertThat(cluster.nodes()).hasSize(3);
        assertThat(cluster.nodes())
                .allSatisfy(node -> assertThat(node.ask("CLUSTER INFO"))
                        .contains("cluster_state:ok", "cluster_slots_ok:16384", "cluster_size:3"));
        assertThat(cluster.addresses()).hasSize(3).allMatch(address -> address.startsWith("redis://127.0.0.1:"));
    }

    @Test
    void kafkaTakesTopicsAndComesBackOnTheSameAddress() throws Exception {
        KafkaServer kafka = TestStores.kafka();
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic("greetings", 2, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            kafka.kill();
            kafka.start();
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains("greetings");
        }
    }

    @Test
    void theSameServersAreGivenAgain() {
        assertThat(TestStores.redis()).isSameAs(TestStores.redis());
        assertThat(Ports.accepts(TestStores.redis().port())).isTrue();
    }

    private static Connection connect(PostgresServer postgres) throws Exception {
        DriverManager.setLoginTimeout((int) Duration.ofSeconds(5).toSeconds());
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    /** For a client of a server that is run by another. */
    private static final class NoEngine implements Engine {
        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public void kill() {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public boolean running() {
            return true;
        }

        @Override
        public String lastWords() {
            return "";
        }
    }
}
