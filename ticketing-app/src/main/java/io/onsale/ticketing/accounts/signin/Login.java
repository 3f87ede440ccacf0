package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.crypto.Passwords;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Visit;
import io.onsale.ticketing.accounts.postgres.CredentialRows;
import io.onsale.ticketing.accounts.postgres.CredentialRows.Credentials;
import io.onsale.ticketing.accounts.postgres.Logins;
import io.onsale.ticketing.accounts.postgres.Users;
import io.onsale.ticketing.accounts.provider.CaptchaCheck;
import io.onsale.ticketing.accounts.redis.Attempts;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Logging in with e-mail and password. Unknown address and wrong password look alike, in text and in time. */
@Service
public class Login {
    private static final String METHOD = "PASSWORD";

    private final Users users;
    private final CredentialRows credentials;
    private final Logins logins;
    private final Passwords passwords;
    private final Attempts attempts;
    private final CaptchaCheck captcha;
    private final Sessions sessions;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Login(
            Users users,
            CredentialRows credentials,
            Logins logins,
            Passwords passwords,
            Attempts attempts,
            CaptchaCheck captcha,
            Sessions sessions,
            TransactionalOperator transaction,
            Clock clock) {
        this.users = users;
        this.credentials = credentials;
        this.logins = logins;
        this.passwords = passwords;
        this.attempts = attempts;
        this.captcha = captcha;
        this.sessions = sessions;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A session on this device; {@code BAD_CREDENTIALS}, {@code CAPTCHA_*} when suspicious, or {@code RATE_LIMITED} else. */
    public Mono<Sessions.Tokens> login(
            EmailAddress email, String password, @Nullable String captchaToken, Visit visit) {
        return attempts.count("login", users.emailIndex(email))
                .flatMap(count ->
                        captcha.isNeededAfter(count) ? captcha.require(captchaToken, visit.ip()) : Mono.empty())
                .then(Mono.defer(() -> credentials.find(email).singleOptional()))
                .flatMap(found -> check(found, password))
                .flatMap(attempt -> attempt.match().same() ? accept(attempt, password, visit) : refuse(attempt, visit));
    }

    private Mono<Attempt> check(Optional<Credentials> found, String password) {
        String hash = found.map(Credentials::passwordHash).orElse(null);
        return passwords.match(password, hash).map(match -> new Attempt(found, match));
    }

    private Mono<Sessions.Tokens> accept(Attempt attempt, String password, Visit visit) {
        Credentials user = attempt.user().orElseThrow();
        Mono<Void> rehash = attempt.match().outdated()
                ? passwords.hash(password).flatMap(hash -> credentials.setPasswordHash(user.id(), hash))
                : Mono.empty();
        Mono<Sessions.Tokens> session = logins.record(user.id(), visit, METHOD, true, clock.instant())
                .then(users.loggedIn(user.id(), clock.instant()))
                .then(sessions.open(user.id(), user.role(), visit));
        return rehash.then(transaction.transactional(session));
    }

    private Mono<Sessions.Tokens> refuse(Attempt attempt, Visit visit) {
        return Mono.justOrEmpty(attempt.user())
                .flatMap(user -> logins.record(user.id(), visit, METHOD, false, clock.instant()))
                .then(Mono.error(Problem.of(AccountsProblem.BAD_CREDENTIALS).asException()));
    }

    private record Attempt(Optional<Credentials> user, Passwords.Match match) {}
}
