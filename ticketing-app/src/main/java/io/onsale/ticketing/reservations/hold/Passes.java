package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.TokenCheck;
import io.onsale.platform.tokens.TokenKind;
import io.onsale.platform.tokens.TokenVerifier;
import io.onsale.platform.tokens.VerifiedToken;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.reservations.ReservationsProblem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The waiting room's passes: signed by it, for one account and one event, until their end. Verified without I/O. */
@Component
class Passes {
    private static final Duration KEYS_COME_IN = Duration.ofSeconds(1);
    private static final TokenKind PASS = new TokenKind("pass", "pass+jwt", "onsale-hold");

    private final TokenVerifier tokens;

    Passes(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    /** The id of the pass this buyer needs and has; empty where the event has no waiting room. */
    Mono<Optional<String>> passFor(String userId, PerformanceOffer offer, @Nullable String pass) {
        if (!offer.passRequired()) {
            return Mono.just(Optional.empty());
        }
        if (pass == null || pass.isBlank()) {
            return Mono.error(refuse(ReservationsProblem.PASS_REQUIRED));
        }
        return tokens.verify(PASS, pass.strip()).map(check -> Optional.of(passId(check, userId, offer.eventId())));
    }

    private static String passId(TokenCheck check, String userId, String eventId) {
        if (check instanceof TokenCheck.Expired) {
            throw refuse(ReservationsProblem.PASS_EXPIRED);
        }
        if (check instanceof TokenCheck.Undecided) {
            throw Problem.of(CommonProblem.UNAVAILABLE).retryAfter(KEYS_COME_IN).asException();
        }
        if (!(check instanceof TokenCheck.Valid valid)) {
            throw refuse(ReservationsProblem.PASS_INVALID);
        }
        VerifiedToken token = valid.token();
        if (!token.subject().equals(userId) || !eventId.equals(token.claim("event"))) {
            throw refuse(ReservationsProblem.PASS_INVALID);
        }
        return token.id();
    }

    private static RuntimeException refuse(ReservationsProblem code) {
        return Problem.of(code).asException();
    }
}
