package io.onsale.gateway.identity;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.TokenCheck;
import io.onsale.platform.tokens.TokenKind;
import io.onsale.platform.tokens.TokenVerifier;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds out from its access token who makes a request. */
@Component
public final class Identifier {
    private static final String BEARER = "Bearer ";

    private final TokenVerifier tokens;

    Identifier(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    /** Who it is, or what is wrong with what was shown. */
    public Mono<Identity> identify(HttpHeaders headers) {
        List<String> shown = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (shown.isEmpty()) {
            return Mono.just(new Identity.Unknown(CommonProblem.TOKEN_MISSING));
        }
        // Two tokens could be read differently here and inside.
        if (shown.size() > 1) {
            return Mono.just(new Identity.Unknown(CommonProblem.TOKEN_INVALID));
        }
        String header = shown.get(0);
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Mono.just(new Identity.Unknown(CommonProblem.TOKEN_INVALID));
        }
        return tokens.verify(TokenKind.ACCESS, header.substring(BEARER.length()).trim())
                .map(Identifier::identityOf);
    }

    private static Identity identityOf(TokenCheck check) {
        if (check instanceof TokenCheck.Expired) {
            return new Identity.Unknown(CommonProblem.TOKEN_EXPIRED);
        }
        if (check instanceof TokenCheck.Undecided) {
            return new Identity.Unknown(CommonProblem.UNAVAILABLE);
        }
        Caller caller = check instanceof TokenCheck.Valid valid ? Caller.of(valid.token()) : null;
        return caller == null ? new Identity.Unknown(CommonProblem.TOKEN_INVALID) : new Identity.Known(caller);
    }
}
