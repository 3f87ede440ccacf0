package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.crypto.Passwords;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.Letter;
import io.onsale.ticketing.accounts.model.PhoneNumber;
import io.onsale.ticketing.accounts.model.Visit;
import io.onsale.ticketing.accounts.postgres.Mails;
import io.onsale.ticketing.accounts.postgres.SocialLogins;
import io.onsale.ticketing.accounts.postgres.Users;
import io.onsale.ticketing.accounts.provider.CaptchaCheck;
import io.onsale.ticketing.accounts.provider.IdentityCheck;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Signing up. Everybody starts as a buyer: what the client says of its role is not read anywhere. The address is asked by mail whether
 * it is theirs.
 */
@Service
public class Registration {
    private final Users users;
    private final Passwords passwords;
    private final CaptchaCheck captcha;
    private final IdentityCheck identities;
    private final SocialLogins socialLogins;
    private final AccountEvents events;
    private final Mails mails;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Registration(
            Users users,
            Passwords passwords,
            CaptchaCheck captcha,
            IdentityCheck identities,
            SocialLogins socialLogins,
            AccountEvents events,
            Mails mails,
            TransactionalOperator transaction,
            Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.captcha = captcha;
        this.identities = identities;
        this.socialLogins = socialLogins;
        this.events = events;
        this.mails = mails;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Makes the account. {@code EMAIL_TAKEN}, {@code IDENTITY_TAKEN}: the address or the person has one; {@code CAPTCHA_*}, {@code
     * IDENTITY_*}: a step before was left out or failed.
     */
    public Mono<Registered> register(Form form, Visit visit) {
        return captcha.require(form.captchaToken(), visit.ip())
                .then(Mono.defer(() -> identity(form.identityVerificationId())))
                .flatMap(ci -> passwords.hash(form.password()).map(hash -> newUser(form, hash, ci.orElse(null))))
                .flatMap(user -> store(user, form.identityVerificationId()));
    }

    private Mono<Optional<String>> identity(@Nullable String verificationId) {
        if (verificationId != null) {
            return identities.ci(verificationId).map(Optional::of);
        }
        return identities.required()
                ? Mono.error(Problem.of(AccountsProblem.IDENTITY_REQUIRED).asException())
                : Mono.just(Optional.empty());
    }

    private Users.NewUser newUser(Form form, String passwordHash, @Nullable String ci) {
        return new Users.NewUser(
                Ids.nextUuid(),
                form.email(),
                false,
                form.name(),
                form.phone(),
                passwordHash,
                form.termsVersion(),
                ci,
                form.language(),
                clock.instant());
    }

    private Mono<Registered> store(Users.NewUser user, @Nullable String verificationId) {
        return useUp(verificationId)
                .then(Mono.defer(() -> users.insert(user)))
                .flatMap(isNew -> isNew ? Mono.just(user) : refuse(user))
                .delayUntil(stored -> events.registered(stored.id(), Role.BUYER))
                .delayUntil(stored -> mails.write(Letter.VERIFY_EMAIL, stored.language(), stored.id(), clock.instant()))
                .as(transaction::transactional)
                .map(stored ->
                        new Registered(stored.id(), Objects.requireNonNull(stored.email()), stored.name(), Role.BUYER));
    }

    private Mono<Void> useUp(@Nullable String verificationId) {
        return verificationId == null
                ? Mono.empty()
                : socialLogins
                        .useIdentity(verificationId, clock.instant())
                        .flatMap(first -> first
                                ? Mono.empty()
                                : Mono.error(Problem.of(AccountsProblem.IDENTITY_NOT_VERIFIED)
                                        .asException()));
    }

    private Mono<Users.NewUser> refuse(Users.NewUser user) {
        Mono<Boolean> person = user.ci() == null ? Mono.just(false) : users.hasIdentity(user.ci());
        return person.map(known -> known ? AccountsProblem.IDENTITY_TAKEN : AccountsProblem.EMAIL_TAKEN)
                .flatMap(code -> Mono.error(Problem.of(code).asException()));
    }

    /** What somebody fills in. */
    public record Form(
            EmailAddress email,
            String password,
            String name,
            @Nullable PhoneNumber phone,
            String termsVersion,
            @Nullable String captchaToken,
            @Nullable String identityVerificationId,
            Language language) {}

    /** The new account. */
    public record Registered(UUID id, EmailAddress email, String name, Role role) {}
}
