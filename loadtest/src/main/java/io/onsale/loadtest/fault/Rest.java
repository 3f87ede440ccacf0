package io.onsale.loadtest.fault;

import io.onsale.loadtest.audit.Finding;
import io.onsale.loadtest.stack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What must be so when a fault is over and the crowd has gone: no transaction left half done, and a moment in which no app has a
 * connection borrowed (what runs by itself comes and goes).
 */
final class Rest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LocalStack stack;
    private final List<String> instances;

    Rest(LocalStack stack, List<String> instances) {
        this.stack = stack;
        this.instances = instances;
    }

    List<Finding> findings() {
        List<String> busy = new ArrayList<>(instances);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!busy.isEmpty() && System.nanoTime() < end) {
            busy.removeIf(instance -> borrowed(instance) == 0);
            Victims.sleep(Duration.ofMillis(50));
        }
        List<String> leaked = busy.stream()
                .map(instance -> instance + " has " + borrowed(instance) + " borrowed or wanted")
                .toList();
        return List.of(
                Finding.of("10 at rest", "apps whose pool never came to rest", instances.size(), leaked),
                Finding.of("10 at rest", "transactions that nobody continues", instances.size(), halfDone()));
    }

    private double borrowed(String instance) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.management(instance) + "/actuator/prometheus"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            double[] values = HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("r2dbc_pool_acquired_connections{")
                            || line.startsWith("r2dbc_pool_pending_connections{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .toArray();
            return values.length == 0 ? -1 : DoubleStream.of(values).sum();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private List<String> halfDone() {
        try (Connection connection = stack.postgresAsAdmin();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select pid, state, now() - state_change as since, left(query, 80) as query"
                                + " from pg_stat_activity where datname = 'onsale' and state like 'idle in transaction%'"
                                + " and state_change < clock_timestamp() - interval '2 seconds'")) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString("pid") + " " + rows.getString("state") + " since " + rows.getString("since")
                        + ": " + rows.getString("query"));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
