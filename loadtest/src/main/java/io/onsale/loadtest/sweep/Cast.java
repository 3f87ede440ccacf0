package io.onsale.loadtest.sweep;

import io.onsale.loadtest.people.Buyers;
import io.onsale.loadtest.people.Buyers.Buyer;
import io.onsale.loadtest.people.Tokens;
import io.onsale.loadtest.stack.LocalStack;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who calls. Each role is played by many accounts in turn, so that no limit of calls hides an answer, and calls that end their own
 * account or token get accounts that nobody else uses.
 */
final class Cast {

    /** What a call is made as. */
    enum Part {
        ANONYMOUS,
        FORGER,
        BUYER,
        SELLER,
        STAFF,
        ADMIN
    }

    private static final int EACH = 500;
    private static final int SPARE = 250;
    private static final String FORGED =
            "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiJhZG1pbiIsInJvbGUiOiJBRE1JTiJ9.";

    private final Map<Part, List<String>> regulars = new EnumMap<>(Part.class);
    private final Map<Part, List<String>> spares = new EnumMap<>(Part.class);
    private final AtomicInteger turn = new AtomicInteger();

    Cast(LocalStack stack) {
        List<Part> roles = List.of(Part.BUYER, Part.SELLER, Part.STAFF, Part.ADMIN);
        List<Buyer> people = new Buyers(stack).make(roles.size() * (EACH + SPARE));
        Tokens tokens = Tokens.of(stack.signingKeys());
        int next = 0;
        for (Part role : roles) {
            List<String> all = people.subList(next, next + EACH + SPARE).parallelStream()
                    .map(person -> tokens.access(person.userId(), role.name()))
                    .toList();
            regulars.put(role, new ArrayList<>(all.subList(0, EACH)));
            spares.put(role, new ArrayList<>(all.subList(EACH, all.size())));
            next += EACH + SPARE;
        }
    }

    /** The call as made in this part, from an address of its own. */
    Call as(Part part, Call call, boolean endsItsCaller) {
        int number = turn.incrementAndGet();
        Call from = call.with("X-Forwarded-For", address(number));
        return switch (part) {
            case ANONYMOUS -> from;
            case FORGER -> from.with("Authorization", "Bearer " + FORGED);
            default -> {
                List<String> tokens = (endsItsCaller ? spares : regulars).getOrDefault(part, List.of());
                yield from.with("Authorization", "Bearer " + tokens.get(number % tokens.size()));
            }
        };
    }

    /** From 198.18.0.0/15, which is set aside for benchmarks (RFC 2544). */
    private static String address(int number) {
        int host = number % 131_070 + 1;
        return "198." + (18 + (host >> 16)) + "." + (host >> 8 & 255) + "." + (host & 255);
    }
}
