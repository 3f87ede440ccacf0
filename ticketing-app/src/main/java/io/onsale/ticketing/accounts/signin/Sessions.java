package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.tokens.TokenKind;
import io.onsale.platform.tokens.TokenSigner;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.AccountsProperties;
import io.onsale.ticketing.accounts.crypto.RefreshToken;
import io.onsale.ticketing.accounts.model.RefreshRule;
import io.onsale.ticketing.accounts.model.Visit;
import io.onsale.ticketing.accounts.postgres.RefreshTokens;
import io.onsale.ticketing.accounts.postgres.RefreshTokens.Stored;
import io.onsale.ticketing.accounts.redis.RevokedTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Being logged in on a device: an access token for an hour, and a refresh token that rotates at every use. */
@Service
public class Sessions {
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private final AccountsProperties properties;
    private final RefreshTokens refreshTokens;
    private final RevokedTokens revokedTokens;
    private final TokenSigner signer;
    private final TransactionalOperator transaction;
    private final RefreshRule rule;
    private final Clock clock;

    Sessions(
            AccountsProperties properties,
            RefreshTokens refreshTokens,
            RevokedTokens revokedTokens,
            TokenSigner signer,
            TransactionalOperator transaction,
            Clock clock) {
        this.properties = properties;
        this.refreshTokens = refreshTokens;
        this.revokedTokens = revokedTokens;
        this.signer = signer;
        this.transaction = transaction;
        this.rule = new RefreshRule(properties.refreshTokenLife(), properties.reuseGrace());
        this.clock = clock;
    }

    /** A new session on this device. */
    public Mono<Tokens> open(UUID userId, Role role, Visit visit) {
        Instant now = clock.instant();
        RefreshToken first = RefreshToken.random();
        return refreshTokens
                .open(
                        Ids.nextUuid(),
                        userId,
                        RefreshToken.device(visit.userAgent()),
                        first,
                        now,
                        now.plus(properties.refreshTokenLife()))
                .then(tokens(userId, role, first));
    }

    /** New tokens for a refresh token; {@code REFRESH_REUSED} when it was used before, which ends its family. */
    public Mono<Tokens> refresh(RefreshToken presented, Visit visit) {
        return refreshTokens
                .lock(presented)
                .flatMap(stored -> apply(stored, presented, visit))
                .as(transaction::transactional)
                .switchIfEmpty(Mono.just(Outcome.refused(AccountsProblem.REFRESH_INVALID)))
                .flatMap(this::answer);
    }

    /** Ends the caller's access token, and the family of the refresh token where one is given. */
    public Mono<Void> close(Caller caller, @Nullable RefreshToken token) {
        Mono<Void> family = token == null
                ? Mono.empty()
                : refreshTokens.revokeOf(UUID.fromString(caller.userId()), token, clock.instant());
        return family.then(revokedTokens.add(caller));
    }

    /** Ends every session of the account, the access tokens with them; within the caller's transaction. */
    public Mono<Void> closeAll(UUID userId) {
        return refreshTokens.revokeAll(userId, clock.instant()).then(revokedTokens.addAll(userId));
    }

    /** Ends what somebody may have got between {@link #closeAll} and the end of its transaction. */
    public Mono<Void> closeLatecomers(UUID userId) {
        return revokedTokens
                .addAll(userId)
                .doOnError(e -> log.warn("tokens of the last moment live on: {}", e.toString()))
                .onErrorComplete();
    }

    /** Ends access tokens only: the next ones say what the account may do now. */
    public Mono<Void> endAccessTokens(UUID userId) {
        return revokedTokens.addAll(userId);
    }

    private Mono<Outcome> apply(Stored stored, RefreshToken presented, Visit visit) {
        Instant now = clock.instant();
        return switch (rule.decide(stored.presented(), RefreshToken.device(visit.userAgent()), now)) {
            case ROTATE -> rotate(stored, presented, now);
            case REPEAT ->
                Mono.just(Outcome.granted(stored, presented.open(Objects.requireNonNull(stored.successor()))));
            case REVOKE ->
                refreshTokens.revoke(stored.family(), now).thenReturn(Outcome.refused(AccountsProblem.REFRESH_REUSED));
            case REFUSE -> Mono.just(Outcome.refused(AccountsProblem.REFRESH_INVALID));
        };
    }

    private Mono<Outcome> rotate(Stored stored, RefreshToken presented, Instant now) {
        RefreshToken successor = RefreshToken.random();
        return refreshTokens
                .rotate(stored.family(), presented, successor, now, now.plus(properties.refreshTokenLife()))
                .thenReturn(Outcome.granted(stored, successor));
    }

    private Mono<Tokens> answer(Outcome outcome) {
        return outcome.granted() == null
                ? Mono.error(
                        Problem.of(Objects.requireNonNull(outcome.refusal())).asException())
                : tokens(
                        outcome.granted().userId(),
                        outcome.granted().role(),
                        outcome.granted().successor());
    }

    private Mono<Tokens> tokens(UUID userId, Role role, RefreshToken refreshToken) {
        Instant now = clock.instant();
        Instant end = now.plus(properties.accessTokenLife());
        return Mono.fromSupplier(() -> signer.sign(
                        TokenKind.ACCESS, userId.toString(), Ids.next(), now, end, Map.of("role", role.name())))
                .subscribeOn(Schedulers.boundedElastic())
                .map(access -> new Tokens(
                        access,
                        refreshToken.value(),
                        properties.accessTokenLife().toSeconds()));
    }

    /**
     * What a client keeps.
     *
     * @param expiresIn seconds the access token is good for
     */
    public record Tokens(String accessToken, String refreshToken, long expiresIn) {

        /** Never prints a token. */
        @Override
        public String toString() {
            return "Tokens[…]";
        }
    }

    /** Decided inside the transaction, told after its commit: a refusal must not undo the revocation. */
    private record Outcome(
            @Nullable Granted granted, @Nullable AccountsProblem refusal) {

        static Outcome granted(Stored stored, RefreshToken successor) {
            return new Outcome(new Granted(stored.userId(), stored.role(), successor), null);
        }

        static Outcome refused(AccountsProblem refusal) {
            return new Outcome(null, refusal);
        }
    }

    private record Granted(UUID userId, Role role, RefreshToken successor) {}
}
