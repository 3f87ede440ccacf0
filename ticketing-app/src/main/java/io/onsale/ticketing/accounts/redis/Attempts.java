package io.onsale.ticketing.accounts.redis;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Scripts;
import io.onsale.ticketing.accounts.AccountsProperties;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Limits attempts per account, on top of the gateway's limits per address (REQ-AUTH). Open when Redis does not answer. */
@Component
public final class Attempts {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);
    private static final LuaScript COUNT = LuaScript.load(Attempts.class, "count_attempt.lua");

    private final Scripts scripts;
    private final AccountsProperties properties;

    Attempts(Scripts scripts, AccountsProperties properties) {
        this.scripts = scripts;
        this.properties = properties;
    }

    /**
     * Counts an attempt and answers how many there were in the window; {@code RATE_LIMITED} when those are too many.
     *
     * @param what kind of attempt
     * @param subject keyed hash of who it is about
     */
    public Mono<Long> count(String what, byte[] subject) {
        var limit = properties.loginLimit();
        return count(what, subject, limit.attempts(), limit.window());
    }

    /** As {@link #count(String, byte[])}, by the limit of letters. */
    public Mono<Long> countLetter(String what, byte[] subject) {
        var limit = properties.letterLimit();
        return count(what, subject, limit.attempts(), limit.window());
    }

    private Mono<Long> count(String what, byte[] subject, int attempts, Duration window) {
        String key = "accounts:attempts:" + what + ":" + HexFormat.of().formatHex(subject, 0, 16);
        List<String> args = List.of(Integer.toString(attempts), Long.toString(window.toMillis()));
        return scripts.run(COUNT, List.of(key), args)
                .flatMap(Attempts::verdict)
                .onErrorResume(e -> !(e instanceof ProblemException), e -> {
                    log.warn("attempts are not counted: {}", e.toString());
                    return Mono.just(1L);
                });
    }

    private static Mono<Long> verdict(List<Object> answer) {
        if (((Long) answer.get(0)) == 1) {
            return Mono.just((Long) answer.get(1));
        }
        return Mono.error(Problem.of(CommonProblem.RATE_LIMITED)
                .retryAfter(Duration.ofMillis((Long) answer.get(1)))
                .asException());
    }
}
