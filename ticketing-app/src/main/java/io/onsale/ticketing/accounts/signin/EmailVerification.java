package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.crypto.MailedToken;
import io.onsale.ticketing.accounts.model.Account;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.Letter;
import io.onsale.ticketing.accounts.postgres.MailedTokens;
import io.onsale.ticketing.accounts.postgres.Mails;
import io.onsale.ticketing.accounts.postgres.Users;
import io.onsale.ticketing.accounts.redis.Attempts;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Proving that an address is one's own, by a link that is mailed to it at sign-up and again when asked for. */
@Service
public class EmailVerification {
    private final Users users;
    private final Mails mails;
    private final MailedTokens tokens;
    private final Attempts attempts;
    private final TransactionalOperator transaction;
    private final Clock clock;

    EmailVerification(
            Users users,
            Mails mails,
            MailedTokens tokens,
            Attempts attempts,
            TransactionalOperator transaction,
            Clock clock) {
        this.users = users;
        this.mails = mails;
        this.tokens = tokens;
        this.attempts = attempts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Mails another link; nothing happens when the address is verified or there is none. */
    public Mono<Void> askAgain(UUID userId, Language language) {
        return users.find(userId)
                .switchIfEmpty(Mono.error(Problem.of(CommonProblem.NOT_FOUND).asException()))
                .filter(account -> !account.emailVerified())
                .mapNotNull(Account::email)
                .flatMap(email -> mail(userId, email, language));
    }

    /** The link was opened: its account's address is verified; {@code LINK_INVALID} when it is unknown, used or too old. */
    public Mono<Void> confirm(MailedToken token) {
        return tokens.use(token, Letter.VERIFY_EMAIL, clock.instant())
                .switchIfEmpty(
                        Mono.error(Problem.of(AccountsProblem.LINK_INVALID).asException()))
                .flatMap(users::verifyEmail)
                .as(transaction::transactional);
    }

    private Mono<Void> mail(UUID userId, EmailAddress email, Language language) {
        return attempts.countLetter("verify", users.emailIndex(email))
                .then(Mono.defer(() -> mails.write(Letter.VERIFY_EMAIL, language, userId, clock.instant())));
    }
}
