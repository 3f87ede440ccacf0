package io.onsale.ticketing.accounts;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Who people are, for modules that have a reason to show it to somebody: the reason is theirs to check. */
public interface People {

    /** Those of the given user ids that have an account, in no order. */
    Flux<Person> find(Collection<String> userIds);

    /** Somebody's name and how to reach them. */
    record Person(
            String userId,
            String name,
            @Nullable String email,
            @Nullable String phone) {

        /** Never prints personal data. */
        @Override
        public String toString() {
            return "Person[" + userId + "]";
        }
    }
}
