package io.onsale.ticketing.accounts.provider;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where people may log in with an account they have; each with its own addresses and field names. */
public enum SocialProvider {
    KAKAO(
            "https://kauth.kakao.com/oauth/authorize",
            "https://kauth.kakao.com/oauth/token",
            "https://kapi.kakao.com/v2/user/me",
            "openid account_email profile_nickname",
            false) {
        @Override
        SocialProfile profile(JsonNode body) {
            JsonNode account = body.path("kakao_account");
            boolean verified = account.path("is_email_valid").asBoolean(false)
                    && account.path("is_email_verified").asBoolean(false);
            return new SocialProfile(
                    body.path("id").asString(""),
                    account.path("profile").path("nickname").asString(""),
                    account.path("email").asString(""),
                    verified);
        }
    },
    /** Tells an e-mail address but not whether it was verified, so none is relied on. */
    NAVER(
            "https://nid.naver.com/oauth2.0/authorize",
            "https://nid.naver.com/oauth2.0/token",
            "https://openapi.naver.com/v1/nid/me",
            "",
            false) {
        @Override
        SocialProfile profile(JsonNode body) {
            JsonNode person = body.path("response");
            return new SocialProfile(
                    person.path("id").asString(""),
                    person.path("name").asString(person.path("nickname").asString("")),
                    person.path("email").asString(""),
                    false);
        }
    },
    GOOGLE(
            "https://accounts.google.com/o/oauth2/v2/auth",
            "https://oauth2.googleapis.com/token",
            "https://openidconnect.googleapis.com/v1/userinfo",
            "openid email profile",
            true) {
        @Override
        SocialProfile profile(JsonNode body) {
            return new SocialProfile(
                    body.path("sub").asString(""),
                    body.path("name").asString(""),
                    body.path("email").asString(""),
                    body.path("email_verified").asBoolean(false));
        }
    };

    private final String authorizeUri;
    private final String tokenUri;
    private final String profileUri;
    private final String scope;
    private final boolean pkce;

    SocialProvider(String authorizeUri, String tokenUri, String profileUri, String scope, boolean pkce) {
        this.authorizeUri = authorizeUri;
        this.tokenUri = tokenUri;
        this.profileUri = profileUri;
        this.scope = scope;
        this.pkce = pkce;
    }

    /** Reads the provider's profile answer. */
    abstract SocialProfile profile(JsonNode body);

    /** The provider by the name in a path. */
    public static Optional<SocialProvider> named(String path) {
        for (SocialProvider provider : values()) {
            if (provider.path().equals(path)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    /** Its name in paths. */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    String authorizeUri() {
        return authorizeUri;
    }

    String tokenUri() {
        return tokenUri;
    }

    String profileUri() {
        return profileUri;
    }

    String scope() {
        return scope;
    }

    boolean offersPkce() {
        return pkce;
    }

    /** Whether the token answer has an ID token, which carries the nonce. */
    boolean isOpenId() {
        return scope.startsWith("openid");
    }

    /**
     * A person as a provider knows them.
     *
     * @param subject the provider's id of the person
     * @param email may be empty
     * @param emailVerified the provider has seen that the address is theirs
     */
    public record SocialProfile(String subject, String name, String email, boolean emailVerified) {}
}
