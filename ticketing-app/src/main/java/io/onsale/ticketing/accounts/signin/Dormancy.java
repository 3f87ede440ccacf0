package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.Repeating;
import io.onsale.ticketing.accounts.AccountsProperties;
import io.onsale.ticketing.accounts.postgres.DormantAccounts;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Accounts that nobody used for a year go to sleep, a month after their owners were told (REQ-AUTH). The next login wakes them. */
@Configuration(proxyBeanMethods = false)
class Dormancy {
    private static final Logger log = LoggerFactory.getLogger(Dormancy.class);
    private static final int BATCH = 500;

    private final DormantAccounts accounts;
    private final AccountsProperties.Dormancy settings;
    private final Clock clock;

    Dormancy(DormantAccounts accounts, AccountsProperties properties, Clock clock) {
        this.accounts = accounts;
        this.settings = properties.dormancy();
        this.clock = clock;
    }

    @Bean
    Repeating dormancyRounds() {
        return Repeating.every(settings.checkInterval(), "look for unused accounts", this::round);
    }

    Mono<Void> round() {
        Instant now = clock.instant();
        Instant sleepers = now.minus(settings.after());
        Instant toldBefore = now.minus(settings.notice());
        Mono<Long> told = all(() -> accounts.tell(sleepers.plus(settings.notice()), BATCH, now));
        Mono<Long> asleep = all(() -> accounts.putToSleep(sleepers, toldBefore, BATCH));
        return told.zipWhen(count -> asleep)
                .doOnNext(counts -> {
                    if (counts.getT1() + counts.getT2() > 0) {
                        log.info("{} owners were told, {} accounts sleep", counts.getT1(), counts.getT2());
                    }
                })
                .then();
    }

    private static Mono<Long> all(Supplier<Mono<Long>> batch) {
        return Mono.defer(batch).repeat().takeUntil(count -> count < BATCH).reduce(0L, Long::sum);
    }
}
