package io.onsale.ticketing.accounts.signin;

import io.onsale.ticketing.accounts.People;
import io.onsale.ticketing.accounts.model.Account;
import io.onsale.ticketing.accounts.postgres.Users;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;

@Service
class KnownPeople implements People {
    private final Users users;

    KnownPeople(Users users) {
        this.users = users;
    }

    @Override
    public Flux<Person> find(Collection<String> userIds) {
        return users.find(userIds.stream().map(UUID::fromString).toList()).map(KnownPeople::person);
    }

    private static Person person(Account account) {
        return new Person(
                account.id().toString(),
                account.name(),
                account.email() == null ? null : account.email().value(),
                account.phone() == null ? null : account.phone().value());
    }
}
