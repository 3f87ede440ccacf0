package io.onsale.gateway.limits;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.lettuce.core.KeyValue;
import io.netty.util.NetUtil;
import io.onsale.platform.redis.LuaScript;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.redis.Scripts;
import io.onsale.platform.tokens.Caller;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts calls in Redis, so that all gateways count together. Keys, each alone in its slot and gone after two windows:
 * {@code limit:<class>:{u:<user>}}, {@code limit:<class>:{a:<address>}}, {@code limit:<class>:{all}}. The accounts module
 * writes {@code tokens:ended:{<user>}}: ids of tokens that were logged out, and under {@code *} until when all are over; it is read in
 * the same flush.
 */
@Component
final class Limiter {
    private static final LuaScript TAKE = LuaScript.load(Limiter.class, "take_allowance.lua");

    private static final String ALL_UNTIL = "*";

    private final Redis redis;
    private final Scripts scripts;
    private final LimitSettings settings;
    private final CircuitBreaker breaker;

    Limiter(Redis redis, Scripts scripts, LimitSettings settings) {
        this.redis = redis;
        this.scripts = scripts;
        this.settings = settings;
        // A Redis that hangs must not slow every call by its time-out.
        this.breaker = CircuitBreaker.of(
                "limits",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(50)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(1))
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .build());
    }

    /**
     * Takes one call of this class from every allowance that applies; fails when it could not be counted.
     *
     * @return the tightest answer; empty when nothing limits such calls
     */
    Mono<Verdict> take(CallClass callClass, @Nullable Caller caller, String address) {
        LimitSettings.Allowance allowance = settings.classes().get(callClass);
        if (allowance == null) {
            return Mono.empty();
        }
        List<Mono<Verdict>> takes = new ArrayList<>(3);
        if (allowance.perUser() != null && caller != null) {
            takes.add(take(callClass, "{u:" + caller.userId() + "}", allowance.perUser()));
        }
        if (allowance.perAddress() != null) {
            takes.add(take(callClass, "{a:" + network(address) + "}", allowance.perAddress()));
        }
        if (allowance.overall() != null) {
            takes.add(take(callClass, "{all}", allowance.overall()));
        }
        return takes.size() == 1
                ? guarded(takes.get(0))
                : guarded(Flux.merge(takes).reduce(Verdict::tighter));
    }

    /** Whether this token, or every one as old as it, was taken back; fails when that cannot be known. */
    Mono<Boolean> isRevoked(Caller caller) {
        return guarded(redis.run(
                        command -> command.hmget("tokens:ended:{" + caller.userId() + "}", caller.tokenId(), ALL_UNTIL))
                .map(found -> found.stream().anyMatch(ended -> ended.hasValue() && ends(ended, caller))));
    }

    private static boolean ends(KeyValue<String, String> ended, Caller caller) {
        return !ended.getKey().equals(ALL_UNTIL)
                || caller.issuedAt().toEpochMilli() <= Long.parseLong(ended.getValue());
    }

    private Mono<Verdict> take(CallClass callClass, String subject, int limit) {
        return scripts.run(
                        TAKE,
                        List.of("limit:" + callClass.label() + ':' + subject),
                        List.of(
                                Integer.toString(limit),
                                Long.toString(settings.window().toMillis())))
                .map(answer -> new Verdict(number(answer, 0) == 1, limit, number(answer, 1), number(answer, 2)));
    }

    private <T> Mono<T> guarded(Mono<T> work) {
        return work.transformDeferred(CircuitBreakerOperator.of(breaker));
    }

    private static long number(List<Object> answer, int index) {
        return (Long) answer.get(index);
    }

    /** Whoever has one IPv6 address has 2^64 of them. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(address);
        if (!(parsed instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = parsed.getAddress();
        StringBuilder text = new StringBuilder(20);
        for (int i = 0; i < 8; i += 2) {
            text.append(Integer.toHexString((bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff)))
                    .append('.');
        }
        return text.append("64").toString();
    }
}
