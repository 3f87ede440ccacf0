package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.crypto.MailedToken;
import io.onsale.ticketing.accounts.crypto.Passwords;
import io.onsale.ticketing.accounts.model.Account;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.Letter;
import io.onsale.ticketing.accounts.model.Visit;
import io.onsale.ticketing.accounts.postgres.CredentialRows;
import io.onsale.ticketing.accounts.postgres.MailedTokens;
import io.onsale.ticketing.accounts.postgres.Mails;
import io.onsale.ticketing.accounts.postgres.SocialLogins;
import io.onsale.ticketing.accounts.postgres.Users;
import io.onsale.ticketing.accounts.provider.CaptchaCheck;
import io.onsale.ticketing.accounts.provider.IdentityCheck;
import io.onsale.ticketing.accounts.redis.Attempts;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * A new password for who forgot theirs, by a mailed link or by the identity the account was made with (REQ-AUTH). Either way every
 * session ends and the owner is told by mail. What is answered tells nobody which addresses have an account.
 */
@Service
public class PasswordReset {
    private final Users users;
    private final CredentialRows credentials;
    private final Mails mails;
    private final MailedTokens tokens;
    private final SocialLogins identities;
    private final IdentityCheck identityCheck;
    private final CaptchaCheck captcha;
    private final Passwords passwords;
    private final Attempts attempts;
    private final Sessions sessions;
    private final TransactionalOperator transaction;
    private final Clock clock;

    PasswordReset(
            Users users,
            CredentialRows credentials,
            Mails mails,
            MailedTokens tokens,
            SocialLogins identities,
            IdentityCheck identityCheck,
            CaptchaCheck captcha,
            Passwords passwords,
            Attempts attempts,
            Sessions sessions,
            TransactionalOperator transaction,
            Clock clock) {
        this.users = users;
        this.credentials = credentials;
        this.mails = mails;
        this.tokens = tokens;
        this.identities = identities;
        this.identityCheck = identityCheck;
        this.captcha = captcha;
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Mails a link to the address if it has an account; does the same work if not. {@code RATE_LIMITED}, {@code CAPTCHA_*}. */
    public Mono<Void> ask(EmailAddress email, @Nullable String captchaToken, Language language, Visit visit) {
        return attempts.countLetter("reset", users.emailIndex(email))
                .flatMap(count ->
                        captcha.isNeededAfter(count) ? captcha.require(captchaToken, visit.ip()) : Mono.empty())
                .then(Mono.defer(() -> mails.write(Letter.RESET_PASSWORD, language, email, clock.instant())));
    }

    /** Whose password the link changes, without using it up; {@code LINK_INVALID} when it is unknown, used or too old. */
    public Mono<Account> owner(MailedToken token) {
        return tokens.find(token, Letter.RESET_PASSWORD, clock.instant())
                .flatMap(users::find)
                .switchIfEmpty(linkInvalid());
    }

    /** Sets the password by a link, once. Who has the link reads the address's mail, so the address is verified as well. */
    public Mono<Void> byLink(MailedToken token, String next) {
        return passwords
                .hash(next)
                .flatMap(hash -> tokens.use(token, Letter.RESET_PASSWORD, clock.instant())
                        .switchIfEmpty(linkInvalid())
                        .delayUntil(users::verifyEmail)
                        .delayUntil(userId -> change(userId, hash))
                        .as(transaction::transactional)
                        .flatMap(sessions::closeLatecomers));
    }

    /** Sets the password of the person's account; {@code IDENTITY_NOT_VERIFIED} also when there is none with this address. */
    public Mono<Void> byIdentity(EmailAddress email, String verificationId, String next) {
        return attempts.countLetter("reset-identity", users.emailIndex(email))
                .then(Mono.defer(() -> identityCheck.ci(verificationId)))
                .flatMap(ci -> users.find(email, ci))
                .switchIfEmpty(notVerified())
                .flatMap(userId -> passwords
                        .hash(next)
                        .flatMap(hash ->
                                useUp(verificationId).then(change(userId, hash)).as(transaction::transactional))
                        .then(sessions.closeLatecomers(userId)));
    }

    private Mono<Void> change(UUID userId, String hash) {
        return credentials
                .setPasswordHash(userId, hash)
                .then(tokens.forget(userId, Letter.RESET_PASSWORD))
                .then(sessions.closeAll(userId))
                .then(mails.write(Letter.PASSWORD_CHANGED, userId, clock.instant()));
    }

    private Mono<Void> useUp(String verificationId) {
        return identities
                .useIdentity(verificationId, clock.instant())
                .filter(Boolean::booleanValue)
                .switchIfEmpty(notVerified())
                .then();
    }

    private static <T> Mono<T> linkInvalid() {
        return Mono.error(() -> Problem.of(AccountsProblem.LINK_INVALID).asException());
    }

    private static <T> Mono<T> notVerified() {
        return Mono.error(
                () -> Problem.of(AccountsProblem.IDENTITY_NOT_VERIFIED).asException());
    }
}
