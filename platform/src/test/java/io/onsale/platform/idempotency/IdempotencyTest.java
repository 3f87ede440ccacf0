package io.onsale.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.onsale.local.stores.TestStores;
import io.onsale.platform.Ids;
import io.onsale.platform.Migrations;
import io.onsale.platform.problem.ProblemException;
import io.onsale.platform.problem.ProblemTexts;
import io.onsale.platform.problem.ProblemWriter;
import io.onsale.platform.problem.TraceIds;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/** Instances of an app that share the table: who works on a key, who waits, and who takes over. */
@Execution(CONCURRENT) // mostly waits
class IdempotencyTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** One instance of an app. It renews what it works on until it dies. */
    private static final class Instance {
        private final StoredAnswers answers;
        private final Leases leases;
        private final Idempotency idempotency;

        private Instance() {
            var options = ConnectionFactoryOptions.parse(TestStores.postgres().r2dbcUrl())
                    .mutate()
                    .option(ConnectionFactoryOptions.USER, TestStores.postgres().username())
                    .option(
                            ConnectionFactoryOptions.PASSWORD,
                            TestStores.postgres().password())
                    .build();
            answers = new StoredAnswers(DatabaseClient.create(ConnectionFactories.get(options)));
            leases = new Leases(answers);
            idempotency = new Idempotency(
                    answers, leases, new ProblemWriter(new ProblemTexts(), TraceIds::fromHeader, JSON), JSON);
        }

        Mono<String> once(String key, String body, Mono<String> work) {
            var request = MockServerHttpRequest.post("/things")
                    .header(Idempotency.HEADER, '"' + key + '"')
                    .build();
            return idempotency
                    .once(
                            MockServerWebExchange.from(request),
                            "user",
                            "POST /things",
                            Map.of("body", body),
                            id -> work.map(ResponseEntity::ok))
                    .map(answer -> new String(Objects.requireNonNull(answer.getBody()), StandardCharsets.UTF_8));
        }
    }

    private final Instance one = new Instance();
    private final Instance other = new Instance();
    private final String key = Ids.next();
    private final AtomicInteger effects = new AtomicInteger();

    private Mono<String> effect() {
        return Mono.fromSupplier(() -> "effect " + effects.incrementAndGet());
    }

    @BeforeAll
    static void migrate() {
        Migrations.run("V2__idempotent_requests.sql");
    }

    @Test
    void theSameKeyIsOneEffectAndOneAnswer() {
        assertThat(one.once(key, "a", effect()).block(LIMIT)).isEqualTo("\"effect 1\"");
        assertThat(other.once(key, "a", effect()).block(LIMIT)).isEqualTo("\"effect 1\"");
        assertThat(effects).hasValue(1);
    }

    @Test
    void theSameKeyForSomethingElseIsRefused() {
        one.once(key, "a", effect()).block(LIMIT);
        assertThatThrownBy(() -> other.once(key, "b", effect()).block(LIMIT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.is(IdempotencyProblem.IDEMPOTENCY_KEY_REUSED))
                                .isTrue());
    }

    @Test
    void ofManyAtTheSameMomentOneWorks() {
        Flux.range(0, 20)
                .flatMap(i -> (i % 2 == 0 ? one : other)
                        .once(key, "a", Mono.delay(Duration.ofMillis(200)).then(effect()))
                        .onErrorResume(ProblemException.class, inUse -> Mono.empty()))
                .blockLast(LIMIT);
        assertThat(effects).hasValue(1);
    }

    /** What its app was killed over comes free in seconds; what its app is merely slow with does not. */
    @Test
    void aKeyComesFreeWhenItsWorkerDiesAndNotBefore() {
        String slowKey = Ids.next();
        Sinks.One<String> slow = Sinks.one();
        begin(one, key, Mono.never());
        begin(other, slowKey, slow.asMono());
        var renewing = Flux.interval(Leases.RENEWED_EVERY)
                .concatMap(tick -> other.leases.renew())
                .subscribe();
        assertThat(isInUse(other, key)).isTrue();

        Mono.delay(Leases.LENGTH.plusSeconds(1)).block(LIMIT);
        assertThat(other.once(key, "a", effect()).block(LIMIT)).isEqualTo("\"effect 1\"");
        assertThat(isInUse(one, slowKey)).isTrue();

        slow.tryEmitValue("at last");
        Mono.delay(Duration.ofMillis(500)).block(LIMIT);
        assertThat(one.once(slowKey, "a", effect()).block(LIMIT)).isEqualTo("\"at last\"");
        assertThat(effects).hasValue(1);
        renewing.dispose();
    }

    /** A worker that froze past its lease may wake up again: its answer no longer counts. */
    @Test
    void whoLostALeaseDoesNotOverwriteTheAnswer() {
        Sinks.One<String> frozen = Sinks.one();
        begin(one, key, frozen.asMono());
        Mono.delay(Leases.LENGTH.plusMillis(500)).block(LIMIT);
        assertThat(other.once(key, "a", effect()).block(LIMIT)).isEqualTo("\"effect 1\"");
        frozen.tryEmitValue("too late");
        Mono.delay(Duration.ofMillis(500)).block(LIMIT);
        assertThat(one.once(key, "a", effect()).block(LIMIT)).isEqualTo("\"effect 1\"");
    }

    /** Goes on by itself once its work is under way. */
    private static void begin(Instance instance, String key, Mono<String> work) {
        Sinks.Empty<Void> begun = Sinks.empty();
        instance.once(key, "a", Mono.defer(() -> {
                    begun.tryEmitEmpty();
                    return work;
                }))
                .subscribe();
        begun.asMono().block(LIMIT);
    }

    private boolean isInUse(Instance instance, String ofKey) {
        return instance.once(ofKey, "a", effect())
                .map(answered -> false)
                .onErrorResume(
                        ProblemException.class,
                        refusal -> Mono.just(refusal.is(IdempotencyProblem.IDEMPOTENCY_KEY_IN_USE)))
                .block(LIMIT);
    }
}
