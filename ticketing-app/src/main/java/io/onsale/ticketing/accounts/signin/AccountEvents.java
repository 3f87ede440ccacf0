package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.outbox.DomainEvent;
import io.onsale.platform.outbox.Outbox;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.accounts.postgres.Users;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** What others hear of accounts, on {@value #TOPIC}, keyed by user id. No personal data: a topic forgets nothing. */
@Configuration(proxyBeanMethods = false)
class AccountEvents {
    static final String TOPIC = "user.events";

    private final Outbox outbox;
    private final Users users;

    AccountEvents(Outbox outbox, Users users) {
        this.outbox = outbox;
        this.users = users;
    }

    @Bean
    static EventTopic accountTopic() {
        return EventTopic.of(TOPIC);
    }

    Mono<Void> registered(UUID id, Role role) {
        return append(id, new UserRegistered(id.toString(), role));
    }

    Mono<Void> withdrawn(UUID id) {
        return append(id, new UserWithdrawn(id.toString()));
    }

    Mono<Void> roleChanged(UUID id, Role role) {
        return append(id, new UserRoleChanged(id.toString(), role));
    }

    private Mono<Void> append(UUID id, Object payload) {
        return users.version(id)
                .flatMap(version -> outbox.append(DomainEvent.of(TOPIC, id.toString(), version, payload)));
    }

    record UserRegistered(String userId, Role role) {}

    record UserWithdrawn(String userId) {}

    record UserRoleChanged(String userId, Role role) {}
}
