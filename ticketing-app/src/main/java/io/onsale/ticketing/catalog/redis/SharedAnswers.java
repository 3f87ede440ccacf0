package io.onsale.ticketing.catalog.redis;

import io.lettuce.core.SetArgs;
import io.onsale.platform.Ids;
import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Answers that all instances share, made by one of them however many ask. Keys: {@code catalog:answer:{<key>}} lives as long as its
 * maker says, {@code catalog:making:{<key>}} while somebody makes it. Redis is a convenience here: where it is away, or whoever makes
 * the answer dies, everybody makes their own.
 */
@Component
public class SharedAnswers {
    private static final Logger log = LoggerFactory.getLogger(SharedAnswers.class);
    private static final LuaScript LET_GO = LuaScript.load(SharedAnswers.class, "let_go.lua");
    private static final String GENERATION = "catalog:generation";
    private static final Duration MAKING_AT_MOST = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    /** A maker that died is followed by one other; then, and whatever Redis does, everybody helps themselves. */
    private static final Duration PATIENCE = MAKING_AT_MOST.plusSeconds(1);

    private final Redis redis;
    private final Scripts scripts;

    SharedAnswers(Redis redis, Scripts scripts) {
        this.redis = redis;
        this.scripts = scripts;
    }

    /** An answer and how long it is good. */
    public record Made(String answer, Duration life) {}

    /** The answer of that key, from Redis or made; {@code make} is subscribed to by one caller at a time over all instances. */
    public Mono<String> get(String key, Mono<Made> make) {
        String answer = "catalog:answer:{" + key + "}";
        String making = "catalog:making:{" + key + "}";
        return Mono.defer(() -> look(answer, making, make))
                .repeatWhenEmpty(looks -> looks.delayElements(LOOK_EVERY))
                .timeout(PATIENCE)
                .onErrorResume(e -> isRedis(e) || e instanceof TimeoutException, e -> alone(make, e));
    }

    /**
     * Under which keys of lists are asked for now. A change of the catalogue moves it, so that what was made before, or is being made
     * from what was read before, is never found again.
     */
    public Mono<String> generation() {
        return redis.run(command -> command.get(GENERATION))
                .defaultIfEmpty("0")
                .onErrorReturn(SharedAnswers::isRedis, "none");
    }

    /** Something changed: lists are made anew. Lists go stale by their own age where Redis does not answer. */
    public Mono<Void> forgetLists() {
        return redis.run(command -> command.incr(GENERATION)).then().onErrorResume(e -> {
            log.warn("lists are up to their age behind: {}", e.toString());
            return Mono.empty();
        });
    }

    /** Empty while somebody else makes it. */
    private Mono<String> look(String answer, String making, Mono<Made> make) {
        String claim = Ids.next();
        return redis.run(command -> command.get(answer))
                .switchIfEmpty(Mono.defer(() -> redis.run(command ->
                                command.set(making, claim, SetArgs.Builder.nx().px(MAKING_AT_MOST.toMillis())))
                        .flatMap(mine -> make(answer, making, claim, make))));
    }

    private Mono<String> make(String answer, String making, String claim, Mono<Made> make) {
        Mono<?> release = scripts.run(LET_GO, List.of(making), List.of(claim));
        return make.map(Outcome::made)
                .onErrorResume(e -> Mono.just(Outcome.failed(e)))
                .delayUntil(outcome -> keep(answer, outcome).then(release).onErrorComplete(SharedAnswers::isRedis))
                .flatMap(Outcome::told);
    }

    private Mono<Void> keep(String answer, Outcome outcome) {
        Made made = outcome.made();
        return made == null
                ? Mono.empty()
                : redis.run(command -> command.psetex(answer, made.life().toMillis(), made.answer()))
                        .then();
    }

    private static Mono<String> alone(Mono<Made> make, Throwable e) {
        log.warn("An answer is not shared: {}", e.toString());
        return make.map(Made::answer);
    }

    private static boolean isRedis(Throwable e) {
        return e instanceof io.lettuce.core.RedisException || e instanceof java.util.concurrent.CancellationException;
    }

    private record Outcome(
            @org.jspecify.annotations.Nullable Made made,
            @org.jspecify.annotations.Nullable Throwable failure) {

        static Outcome made(Made made) {
            return new Outcome(made, null);
        }

        static Outcome failed(Throwable failure) {
            return new Outcome(null, failure);
        }

        Mono<String> told() {
            return made == null ? Mono.error(java.util.Objects.requireNonNull(failure)) : Mono.just(made.answer());
        }
    }
}
