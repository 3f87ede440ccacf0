package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.crypto.Passwords;
import io.onsale.ticketing.accounts.model.Account;
import io.onsale.ticketing.accounts.model.Letter;
import io.onsale.ticketing.accounts.model.PhoneNumber;
import io.onsale.ticketing.accounts.postgres.CredentialRows;
import io.onsale.ticketing.accounts.postgres.Logins;
import io.onsale.ticketing.accounts.postgres.MailedTokens;
import io.onsale.ticketing.accounts.postgres.Mails;
import io.onsale.ticketing.accounts.postgres.RoleChanges;
import io.onsale.ticketing.accounts.postgres.SocialLogins;
import io.onsale.ticketing.accounts.postgres.Users;
import io.onsale.ticketing.accounts.redis.Attempts;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** What people change about their own account, and what administrators change about others'. */
@Service
public class Profiles {
    private final Users users;
    private final CredentialRows credentials;
    private final Logins logins;
    private final RoleChanges roleChanges;
    private final SocialLogins socialLogins;
    private final Passwords passwords;
    private final Attempts attempts;
    private final Mails mails;
    private final MailedTokens mailedTokens;
    private final Sessions sessions;
    private final AccountEvents events;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Profiles(
            Users users,
            CredentialRows credentials,
            Logins logins,
            RoleChanges roleChanges,
            SocialLogins socialLogins,
            Passwords passwords,
            Attempts attempts,
            Mails mails,
            MailedTokens mailedTokens,
            Sessions sessions,
            AccountEvents events,
            TransactionalOperator transaction,
            Clock clock) {
        this.users = users;
        this.credentials = credentials;
        this.logins = logins;
        this.roleChanges = roleChanges;
        this.socialLogins = socialLogins;
        this.passwords = passwords;
        this.attempts = attempts;
        this.mails = mails;
        this.mailedTokens = mailedTokens;
        this.sessions = sessions;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The account; {@code NOT_FOUND} when it was withdrawn while its access token lives. */
    public Mono<Account> find(UUID id) {
        return users.find(id).switchIfEmpty(Mono.error(notFound()));
    }

    /** Replaces name and phone. */
    public Mono<Account> change(UUID id, String name, @Nullable PhoneNumber phone) {
        return users.updateProfile(id, name, phone).switchIfEmpty(Mono.error(notFound()));
    }

    /**
     * Replaces the password, ends every session and writes to the owner; {@code PASSWORD_WRONG} when the current one does not match,
     * {@code RATE_LIMITED} when it was guessed at too often.
     */
    public Mono<Void> changePassword(UUID id, String current, String next) {
        return attempts.count("password", bytes(id))
                .then(credentials.find(id))
                .switchIfEmpty(Mono.error(notFound()))
                .flatMap(user -> passwords.match(current, user.passwordHash()))
                .filter(Passwords.Match::same)
                .switchIfEmpty(
                        Mono.error(Problem.of(AccountsProblem.PASSWORD_WRONG).asException()))
                .then(passwords.hash(next))
                .flatMap(hash -> credentials
                        .setPasswordHash(id, hash)
                        .then(mailedTokens.forget(id, Letter.RESET_PASSWORD))
                        .then(sessions.closeAll(id))
                        .then(mails.write(Letter.PASSWORD_CHANGED, id, clock.instant()))
                        .as(transaction::transactional)
                        .then(sessions.closeLatecomers(id)));
    }

    /** Closes the account for good: personal data are erased, sessions end. The last administrator cannot leave. */
    public Mono<Void> withdraw(Caller caller) {
        UUID id = UUID.fromString(caller.userId());
        return keepAnAdmin(id, caller.role())
                .then(Mono.defer(() -> mails.erase(id)))
                .then(Mono.defer(() -> users.withdraw(id, clock.instant())))
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.error(notFound()))
                .then(mailedTokens.erase(id))
                .then(logins.erase(id))
                .then(socialLogins.unlinkAll(id))
                .then(sessions.closeAll(id))
                .then(events.withdrawn(id))
                .as(transaction::transactional)
                .then(sessions.closeLatecomers(id));
    }

    /** Gives an account a role, on record; tokens that still say the old one end. */
    public Mono<Account> changeRole(Caller admin, UUID userId, Role role) {
        return (role == Role.ADMIN
                        ? Mono.<Void>empty()
                        : users.find(userId).flatMap(user -> keepAnAdmin(userId, user.role())))
                .then(Mono.defer(() -> users.setRole(userId, role)))
                .switchIfEmpty(Mono.error(notFound()))
                .flatMap(before -> roleChanges.add(
                        Ids.nextUuid(), userId, UUID.fromString(admin.userId()), before, role, clock.instant()))
                .then(events.roleChanged(userId, role))
                .then(sessions.endAccessTokens(userId))
                .then(users.find(userId))
                .as(transaction::transactional);
    }

    private Mono<Void> keepAnAdmin(UUID id, Role role) {
        if (role != Role.ADMIN) {
            return Mono.empty();
        }
        return users.hasOtherAdmin(id)
                .flatMap(other -> other
                        ? Mono.empty()
                        : Mono.error(Problem.of(AccountsProblem.LAST_ADMIN).asException()));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static RuntimeException notFound() {
        return Problem.of(CommonProblem.NOT_FOUND).asException();
    }
}
