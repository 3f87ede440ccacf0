package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Who may call PortOne: {@code PortOne <secret>}, or {@code Bearer} with an access token (30 minutes) from a login; a refresh token
 * (1 day) gives new ones, and each login or refresh ends the refresh tokens before it.
 */
final class PortOneTokens {

    private static final Duration ACCESS_LIFE = Duration.ofMinutes(30);
    private static final Duration REFRESH_LIFE = Duration.ofDays(1);

    private final String apiSecret;
    private final Map<String, Instant> accessTokens = new HashMap<>();
    private String refreshToken = "";
    private Instant refreshEnds = Instant.EPOCH;

    PortOneTokens(String apiSecret) {
        this.apiSecret = apiSecret;
    }

    synchronized void check(String authorization) {
        boolean known;
        if (authorization.startsWith("PortOne ")) {
            known = Digests.same(authorization.substring("PortOne ".length()), apiSecret);
        } else if (authorization.startsWith("Bearer ")) {
            Instant end = accessTokens.get(authorization.substring("Bearer ".length()));
            known = end != null && end.isAfter(Instant.now());
        } else {
            known = false;
        }
        if (!known) {
            throw unauthorized();
        }
    }

    synchronized Answer login(ObjectNode body) {
        String secret = PortOneApi.textOrNull(body, "apiSecret");
        if (secret == null) {
            throw PortOneApi.invalid("apiSecret is needed");
        }
        if (!Digests.same(secret, apiSecret)) {
            throw unauthorized();
        }
        return issue();
    }

    synchronized Answer refresh(ObjectNode body) {
        String given = PortOneApi.textOrNull(body, "refreshToken");
        if (given == null) {
            throw PortOneApi.invalid("refreshToken is needed");
        }
        if (refreshToken.isEmpty() || !Digests.same(given, refreshToken) || refreshEnds.isBefore(Instant.now())) {
            throw unauthorized();
        }
        return issue();
    }

    private Answer issue() {
        Instant now = Instant.now();
        accessTokens.values().removeIf(end -> end.isBefore(now));
        String access = "access-" + UUID.randomUUID();
        accessTokens.put(access, now.plus(ACCESS_LIFE));
        refreshToken = "refresh-" + UUID.randomUUID();
        refreshEnds = now.plus(REFRESH_LIFE);
        return Answer.json(200, Json.object().put("accessToken", access).put("refreshToken", refreshToken));
    }

    private static Refusal unauthorized() {
        return Refusal.portOne(401, "UNAUTHORIZED", "the credentials are not valid");
    }
}
