package io.onsale.ticketing.accounts.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.provider.SocialProvider.SocialProfile;
import java.net.URI;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OAuth 2.0 authorization code (RFC 6749) with state, with PKCE (RFC 7636) and nonce (OpenID Connect) where offered. */
@Component
public class SocialClient {
    private final ProviderSettings.Social settings;
    private final ProviderHttp http;
    private final JsonMapper json;
    private final Clock clock;

    SocialClient(ProviderSettings settings, ProviderHttp http, JsonMapper json, Clock clock) {
        this.settings = settings.social();
        this.http = http;
        this.json = json;
        this.clock = clock;
    }

    /** Whether this shop is registered there. */
    public boolean offers(SocialProvider provider) {
        return settings.clients().containsKey(provider);
    }

    /** Where browsers are sent at the end. */
    public URI returnUrl() {
        return settings.returnUrl();
    }

    /** Where the provider asks the person. */
    public URI authorizeUri(SocialRequest request, String challenge) {
        SocialProvider provider = request.provider();
        ProviderSettings.Client client = client(provider);
        UriComponentsBuilder uri = UriComponentsBuilder.fromUriString(
                        client.authorizeUri() == null
                                ? provider.authorizeUri()
                                : client.authorizeUri().toString())
                .queryParam("response_type", "code")
                .queryParam("client_id", "{client}")
                .queryParam("redirect_uri", "{callback}")
                .queryParam("state", request.state());
        if (!provider.scope().isEmpty()) {
            uri.queryParam("scope", "{scope}");
        }
        if (provider.isOpenId()) {
            uri.queryParam("nonce", request.nonce());
        }
        if (provider.offersPkce()) {
            uri.queryParam("code_challenge", challenge).queryParam("code_challenge_method", "S256");
        }
        return uri.encode()
                .build(Map.of("client", client.clientId(), "callback", callback(provider), "scope", provider.scope()));
    }

    /** Swaps the code and reads who it is; {@code SOCIAL_DENIED} when the provider refuses or the nonce differs. */
    public Mono<SocialProfile> profile(SocialRequest request, String code) {
        SocialProvider provider = request.provider();
        ProviderSettings.Client client = client(provider);
        URI tokenUri = client.tokenUri() == null ? URI.create(provider.tokenUri()) : client.tokenUri();
        Mono<JsonNode> token = http.client()
                .post()
                .uri(tokenUri)
                .body(BodyInserters.fromFormData(swap(request, client, code)))
                .retrieve()
                .onStatus(HttpStatusCode::is4xxClientError, answer -> Mono.error(denied()))
                .bodyToMono(JsonNode.class);
        return http.guarded(provider + " token", token)
                .filter(answer -> answer.hasNonNull("access_token") && nonceIsRight(request, client, answer))
                .switchIfEmpty(Mono.error(denied()))
                .flatMap(answer ->
                        read(provider, client, answer.path("access_token").asString("")));
    }

    private Mono<SocialProfile> read(SocialProvider provider, ProviderSettings.Client client, String accessToken) {
        URI profileUri = client.profileUri() == null ? URI.create(provider.profileUri()) : client.profileUri();
        Mono<JsonNode> profile = http.client()
                .get()
                .uri(profileUri)
                .headers(headers -> headers.setBearerAuth(accessToken))
                .retrieve()
                .bodyToMono(JsonNode.class);
        return http.guarded(provider + " profile", profile)
                .map(provider::profile)
                .filter(person -> !person.subject().isBlank())
                .switchIfEmpty(Mono.error(denied()));
    }

    private MultiValueMap<String, String> swap(SocialRequest request, ProviderSettings.Client client, String code) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("grant_type", "authorization_code");
        form.add("client_id", client.clientId());
        Optional.ofNullable(client.clientSecret()).ifPresent(secret -> form.add("client_secret", secret));
        form.add("redirect_uri", callback(request.provider()));
        form.add("code", code);
        form.add("state", request.state());
        if (request.provider().offersPkce()) {
            form.add("code_verifier", request.verifier());
        }
        return form;
    }

    /** The ID token came straight from the provider over TLS, so its claims count without its signature (OIDC Core 3.1.3.7). */
    private boolean nonceIsRight(SocialRequest request, ProviderSettings.Client client, JsonNode token) {
        if (!request.provider().isOpenId()) {
            return true;
        }
        String[] parts = token.path("id_token").asString("").split("\\.", -1);
        JsonNode claims = parts.length == 3 ? claims(parts[1]) : null;
        return claims != null
                && request.nonce().equals(claims.path("nonce").asString(""))
                && client.clientId().equals(claims.path("aud").asString(""))
                && claims.path("exp").asLong(0) > clock.instant().getEpochSecond();
    }

    private @Nullable JsonNode claims(String part) {
        try {
            return json.readTree(new String(Base64.getUrlDecoder().decode(part), UTF_8));
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }

    private String callback(SocialProvider provider) {
        return settings.callbackBaseUrl() + "/api/v1/auth/oauth2/" + provider.path() + "/callback";
    }

    private ProviderSettings.Client client(SocialProvider provider) {
        return Objects.requireNonNull(settings.clients().get(provider), "not registered at " + provider);
    }

    private static RuntimeException denied() {
        return Problem.of(AccountsProblem.SOCIAL_DENIED).asException();
    }

    /** What must be the same when the browser comes back. */
    public record SocialRequest(SocialProvider provider, String state, String nonce, String verifier) {}
}
