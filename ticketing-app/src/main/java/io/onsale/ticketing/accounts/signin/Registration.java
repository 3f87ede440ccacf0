package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.crypto.Passwords;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.PhoneNumber;
import io.onsale.ticketing.accounts.postgres.Users;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Signing up. Everybody starts as a buyer: what the client says of its role is not read anywhere. */
@Service
public class Registration {
    private final Users users;
    private final Passwords passwords;
    private final AccountEvents events;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Registration(
            Users users, Passwords passwords, AccountEvents events, TransactionalOperator transaction, Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes the account; {@code EMAIL_TAKEN} when the address has one. */
    public Mono<Registered> register(Form form) {
        return passwords
                .hash(form.password())
                .map(hash -> new Users.NewUser(
                        Ids.nextUuid(),
                        form.email(),
                        form.name(),
                        form.phone(),
                        hash,
                        form.termsVersion(),
                        clock.instant()))
                .flatMap(this::store);
    }

    private Mono<Registered> store(Users.NewUser user) {
        return users.insert(user)
                .flatMap(isNew -> isNew ? Mono.just(user) : Mono.error(taken()))
                .delayUntil(stored -> events.registered(stored.id(), Role.BUYER))
                .as(transaction::transactional)
                .map(stored -> new Registered(stored.id(), stored.email(), stored.name(), Role.BUYER));
    }

    private static RuntimeException taken() {
        return Problem.of(AccountsProblem.EMAIL_TAKEN).asException();
    }

    /** What somebody fills in. */
    public record Form(
            EmailAddress email,
            String password,
            String name,
            @Nullable PhoneNumber phone,
            String termsVersion) {}

    /** The new account. */
    public record Registered(UUID id, EmailAddress email, String name, Role role) {}
}
