package io.onsale.ticketing.accounts.mail;

import io.onsale.ticketing.accounts.crypto.MailedToken;
import io.onsale.ticketing.accounts.model.Account;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Letter;
import io.onsale.ticketing.accounts.postgres.MailedTokens;
import io.onsale.ticketing.accounts.postgres.Mails;
import io.onsale.ticketing.accounts.postgres.Mails.Due;
import io.onsale.ticketing.accounts.postgres.Mails.Outcome;
import io.onsale.ticketing.accounts.postgres.Users;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sends what was written. A letter is taken by lease, sent, and only then marked: whoever dies in between leaves it to the next, and it
 * arrives at least once. Its token is made when it goes out, so that nothing at rest opens an account.
 */
@Component
class Postman {
    private static final Logger log = LoggerFactory.getLogger(Postman.class);

    private final Mails mails;
    private final MailedTokens tokens;
    private final Users users;
    private final Texts texts;
    private final Smtp smtp;
    private final MailSettings settings;
    private final Clock clock;

    Postman(Mails mails, MailedTokens tokens, Users users, Texts texts, Smtp smtp, MailSettings settings, Clock clock) {
        this.mails = mails;
        this.tokens = tokens;
        this.users = users;
        this.texts = texts;
        this.smtp = smtp;
        this.settings = settings;
        this.clock = clock;
    }

    /** One round after another until nothing is due. */
    Mono<Void> deliverDue() {
        return Mono.defer(this::round)
                .repeat()
                .takeUntil(taken -> taken < settings.batch())
                .then();
    }

    /** Forgets what is over. */
    Mono<Void> cleanUp() {
        Instant now = clock.instant();
        return mails.forgetBefore(now.minus(settings.keep())).then(tokens.forgetBefore(now));
    }

    private Mono<Long> round() {
        return mails.take(settings.batch(), settings.lease(), clock.instant())
                .collectList()
                .flatMapIterable(taken -> taken)
                .flatMap(due -> deliver(due).thenReturn(due), settings.connections())
                .count();
    }

    private Mono<Void> deliver(Due due) {
        return recipient(due)
                .filter(account -> isWanted(due.letter(), account))
                .singleOptional()
                .flatMap(account -> account.map(known -> send(due, known))
                        .orElseGet(() -> mails.finish(due.id(), Outcome.NOBODY, clock.instant())))
                .onErrorResume(failure -> failed(due, Failure.of(failure)));
    }

    private Mono<Account> recipient(Due due) {
        return due.userId() == null ? users.find(Objects.requireNonNull(due.emailHash())) : users.find(due.userId());
    }

    private static boolean isWanted(Letter letter, Account account) {
        return account.email() != null && !(letter == Letter.VERIFY_EMAIL && account.emailVerified());
    }

    private Mono<Void> send(Due due, Account to) {
        EmailAddress address = Objects.requireNonNull(to.email());
        return token(due, to, address)
                .map(token -> texts.write(due.letter(), due.language(), token.orElse(null), due.details()))
                .flatMap(written -> smtp.send(due.id(), address, written))
                .then(Mono.defer(() -> mails.finish(due.id(), Outcome.SENT, clock.instant())));
    }

    private Mono<Optional<MailedToken>> token(Due due, Account to, EmailAddress address) {
        if (!due.letter().hasLink()) {
            return Mono.just(Optional.empty());
        }
        MailedToken token = MailedToken.random();
        var life = due.letter() == Letter.RESET_PASSWORD ? settings.resetLife() : settings.verifyLife();
        return tokens.add(token, due.letter(), to.id(), address, clock.instant().plus(life))
                .thenReturn(Optional.of(token));
    }

    private Mono<Void> failed(Due due, Failure failure) {
        Instant now = clock.instant();
        Instant again = now.plus(settings.delayAfter(due.attempts()));
        boolean over = failure.permanent() || again.isAfter(due.createdAt().plus(settings.giveUpAfter()));
        log.warn(
                "letter {} ({}) was not sent at attempt {}: {}{}",
                due.id(),
                due.letter(),
                due.attempts(),
                failure.reason(),
                over ? "; given up" : "");
        return over ? mails.finish(due.id(), Outcome.GIVEN_UP, now) : mails.postpone(due.id(), again);
    }
}
