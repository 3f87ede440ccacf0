package io.onsale.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The app starts on real stores with each module's migrations applied and its guards awake. */
class ApplicationStartsTest extends TicketingTest {

    @LocalManagementPort
    private int managementPort;

    @Test
    void eachModuleMigratesItsOwnSchema() {
        List<String> histories = database.sql(
                        "select table_name from information_schema.tables where table_schema = 'platform'")
                .map(row -> String.valueOf(row.get(0, String.class)))
                .all()
                .collectList()
                .block(Duration.ofSeconds(10));

        assertThat(histories).contains("flyway_schema_history", "flyway_schema_history_accounts");
    }

    @Test
    void isReady() {
        WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + managementPort)
                .build()
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void statementsEndByThemselves() {
        database.sql("select current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')")
                .map(row -> row.get(0, String.class))
                .one()
                .as(StepVerifier::create)
                .expectNext("5s 3s")
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void connectionsAreSpreadOverEventLoops() {
        Flux.range(0, 40)
                .flatMap(
                        i -> database.sql("select pg_sleep(0.02)")
                                .map(row -> Thread.currentThread().getName())
                                .first(),
                        10)
                .distinct()
                .collectList()
                .as(StepVerifier::create)
                .assertNext(threads -> assertThat(threads)
                        .allMatch(thread -> thread.startsWith("postgres"))
                        .hasSizeGreaterThanOrEqualTo(
                                Math.min(2, Runtime.getRuntime().availableProcessors())))
                .expectComplete()
                .verify(Duration.ofSeconds(20));
    }

    @Test
    void blockingAnEventLoopIsCaught() {
        Mono.fromRunnable(() -> sleep(1))
                .subscribeOn(Schedulers.parallel())
                .as(StepVerifier::create)
                .expectErrorMatches(error -> error.toString().contains("Blocking call"))
                .verify(Duration.ofSeconds(5));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
