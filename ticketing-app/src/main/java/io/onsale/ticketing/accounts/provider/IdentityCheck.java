package io.onsale.ticketing.accounts.provider;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.accounts.AccountsProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Fetches an identity verification from PortOne: what the client says of a person's identity is never relied on. */
@Component
public class IdentityCheck {
    private final ProviderSettings.Identity settings;
    private final ProviderHttp http;
    private final Clock clock;

    IdentityCheck(ProviderSettings settings, ProviderHttp http, Clock clock) {
        this.settings = settings.identity();
        this.http = http;
        this.clock = clock;
    }

    /** Whether sign-up needs an identity. */
    public boolean required() {
        return settings.required();
    }

    /**
     * The person's connecting information (CI), the same for one person everywhere; {@code IDENTITY_NOT_VERIFIED} when there is no
     * such verification, it failed or it is too old.
     */
    public Mono<String> ci(String verificationId) {
        UriComponentsBuilder uri =
                UriComponentsBuilder.fromUri(settings.baseUrl()).pathSegment("identity-verifications", verificationId);
        if (settings.storeId() != null && !settings.storeId().isBlank()) {
            uri.queryParam("storeId", settings.storeId());
        }
        Mono<JsonNode> verification = http.client()
                .get()
                .uri(uri.encode().build().toUri())
                .header(HttpHeaders.AUTHORIZATION, "PortOne " + settings.apiSecret())
                .retrieve()
                .onStatus(HttpStatus.NOT_FOUND::equals, answer -> Mono.error(refusal()))
                .bodyToMono(JsonNode.class);
        return http.guarded("identity verification", verification)
                .filter(this::isGood)
                .map(found -> found.path("verifiedCustomer").path("ci").asString(""))
                .filter(ci -> !ci.isEmpty())
                .switchIfEmpty(Mono.error(refusal()));
    }

    private boolean isGood(JsonNode found) {
        Instant at = instant(found.path("verifiedAt").asString(""));
        if (at == null || !"VERIFIED".equals(found.path("status").asString(""))) {
            return false;
        }
        Duration age = Duration.between(at, clock.instant());
        return age.compareTo(settings.maxAge()) <= 0;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static RuntimeException refusal() {
        return Problem.of(AccountsProblem.IDENTITY_NOT_VERIFIED).asException();
    }
}
