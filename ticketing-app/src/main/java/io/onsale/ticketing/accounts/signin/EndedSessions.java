package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.Repeating;
import io.onsale.ticketing.accounts.postgres.RefreshTokens;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Forgets sessions a day after their last token ended: from then on an unknown token is refused as an ended one was. */
@Configuration(proxyBeanMethods = false)
class EndedSessions {
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int BATCH = 500;

    private final RefreshTokens tokens;
    private final Clock clock;

    EndedSessions(RefreshTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Bean
    Repeating endedSessionRounds() {
        return Repeating.every(PERIOD, "forget ended sessions", this::round);
    }

    Mono<Void> round() {
        return Mono.defer(() -> tokens.forgetEndedBefore(clock.instant().minus(KEPT), BATCH))
                .repeat()
                .takeUntil(count -> count < BATCH)
                .then();
    }
}
