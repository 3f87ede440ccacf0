package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Log-in at Kakao, Naver and Google: authorize, token and profile on their real paths below {@code /kauth}, {@code /kapi}, {@code
 * /nid}, {@code /naver}, {@code /google}, with their own field names and error bodies. A program plays the person by posting the form
 * {subject, email, verified, name} to the authorize address; {@code deny=true} refuses.
 */
final class SocialApi {

    private static final int LIFE_SECONDS = 3600;

    private final People<Grant> codes = new People<>(Duration.ofMinutes(10));
    private final People<Grant> accessTokens = new People<>(Duration.ofSeconds(LIFE_SECONDS));

    Operation.@Nullable Named route(Call call) {
        String path = call.pathText();
        String provider = path.startsWith("/k") ? "kakao" : path.startsWith("/n") ? "naver" : "google";
        return switch (path) {
            case "/kauth/oauth/authorize", "/nid/oauth2.0/authorize", "/google/o/oauth2/v2/auth" ->
                plain(provider + ".authorize", tx -> authorize(call, provider));
            case "/kauth/oauth/token", "/nid/oauth2.0/token", "/google/token" ->
                plain(provider + ".token", tx -> token(call, provider));
            case "/kapi/v2/user/me", "/naver/v1/nid/me", "/google/v1/userinfo" ->
                plain(provider + ".profile", tx -> profile(call, provider));
            default -> null;
        };
    }

    private static Operation.Named plain(String name, Operation work) {
        return Operation.Named.plain(name, List.of(), work);
    }

    private Answer authorize(Call call, String provider) {
        Map<String, String> query = call.query();
        String back = query.getOrDefault("redirect_uri", "");
        if (!"code".equals(query.get("response_type")) || !query.containsKey("client_id") || !back.startsWith("http")) {
            return Answer.html(400, "<p>invalid_request</p>");
        }
        if (call.method().equals("GET")) {
            return Answer.html(200, page(provider));
        }
        Map<String, String> form = call.formBody();
        String state = "state=" + URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8);
        String separator = back.contains("?") ? "&" : "?";
        if ("true".equals(form.get("deny"))) {
            return Answer.redirect(back + separator + "error=access_denied&" + state);
        }
        String code = codes.add(new Grant(provider, query, form));
        return Answer.redirect(back + separator + "code=" + code + "&" + state);
    }

    private Answer token(Call call, String provider) {
        Map<String, String> asked = call.method().equals("GET") ? call.query() : call.formBody();
        Grant grant = codes.take(asked.getOrDefault("code", ""));
        if (grant == null || !grant.mayBeSwapped(provider, asked)) {
            ObjectNode refusal = Json.object()
                    .put("error", "invalid_grant")
                    .put("error_description", "authorization code not found or not yours");
            if (provider.equals("kakao")) {
                refusal.put("error_code", "KOE320");
            }
            return Answer.json(provider.equals("naver") ? 200 : 400, refusal);
        }
        ObjectNode body = Json.object()
                .put("token_type", "bearer")
                .put("access_token", accessTokens.add(grant))
                .put("refresh_token", "refresh-" + grant.subject());
        if (provider.equals("naver")) {
            body.put("expires_in", Integer.toString(LIFE_SECONDS));
        } else {
            body.put("expires_in", LIFE_SECONDS).put("scope", grant.query().getOrDefault("scope", ""));
        }
        if (grant.query().getOrDefault("scope", "").contains("openid")) {
            body.put("id_token", grant.idToken());
        }
        return Answer.json(200, body);
    }

    private Answer profile(Call call, String provider) {
        String bearer = call.headerOr("authorization", "").replaceFirst("(?i)^bearer ", "");
        Grant grant = accessTokens.get(bearer);
        if (grant == null || !grant.provider().equals(provider)) {
            return Answer.json(401, Json.object().put("code", -401).put("msg", "this access token does not exist"));
        }
        return Answer.json(
                200,
                switch (provider) {
                    case "kakao" -> kakaoProfile(grant);
                    case "naver" -> naverProfile(grant);
                    default -> googleProfile(grant);
                });
    }

    private static ObjectNode kakaoProfile(Grant grant) {
        ObjectNode body = Json.object()
                .put("id", Long.parseLong(grant.subject()))
                .put("connected_at", Instant.now().toString());
        body.putObject("properties").put("nickname", grant.name());
        ObjectNode account = body.putObject("kakao_account");
        account.put("profile_needs_agreement", false).putObject("profile").put("nickname", grant.name());
        if (!grant.email().isEmpty()) {
            account.put("has_email", true)
                    .put("email_needs_agreement", false)
                    .put("is_email_valid", true)
                    .put("is_email_verified", grant.isVerified())
                    .put("email", grant.email());
        }
        return body;
    }

    private static ObjectNode naverProfile(Grant grant) {
        ObjectNode body = Json.object().put("resultcode", "00").put("message", "success");
        body.putObject("response")
                .put("id", grant.subject())
                .put("nickname", grant.name())
                .put("name", grant.name())
                .put("email", grant.email());
        return body;
    }

    private static ObjectNode googleProfile(Grant grant) {
        return Json.object()
                .put("sub", grant.subject())
                .put("name", grant.name())
                .put("email", grant.email())
                .put("email_verified", grant.isVerified());
    }

    private static String page(String provider) {
        return "<!doctype html><meta charset=utf-8><title>" + provider + "</title><form method=post><h1>" + provider
                + " sandbox</h1><input name=subject value=1001><input name=email value=buyer@example.com>"
                + "<input name=name value=Kim><input type=hidden name=verified value=true>"
                + "<button>로그인 · Log in</button><button name=deny value=true>취소 · Cancel</button></form>";
    }

    /** What a person granted to a client. */
    private record Grant(String provider, Map<String, String> query, Map<String, String> form) {

        String subject() {
            return form.getOrDefault("subject", "1001");
        }

        String email() {
            return form.getOrDefault("email", "");
        }

        String name() {
            return form.getOrDefault("name", "Kim");
        }

        boolean isVerified() {
            return "true".equals(form.get("verified"));
        }

        /** The client, its address and the PKCE verifier (RFC 7636) are those of the request. */
        boolean mayBeSwapped(String by, Map<String, String> asked) {
            String challenge = query.get("code_challenge");
            boolean proven = challenge == null
                    || challenge.equals(Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(People.digest(asked.getOrDefault("code_verifier", ""))));
            boolean sameAddress =
                    by.equals("naver") || query.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"));
            return provider.equals(by)
                    && proven
                    && sameAddress
                    && "authorization_code".equals(asked.get("grant_type"))
                    && query.getOrDefault("client_id", "").equals(asked.get("client_id"));
        }

        String idToken() {
            ObjectNode claims = Json.object()
                    .put("iss", "https://accounts.google.com")
                    .put("aud", query.getOrDefault("client_id", ""))
                    .put("sub", subject())
                    .put("nonce", query.getOrDefault("nonce", ""))
                    .put("exp", Instant.now().getEpochSecond() + LIFE_SECONDS);
            return part(Json.object().put("alg", "RS256").put("kid", "sandbox").put("typ", "JWT")) + "." + part(claims)
                    + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(People.digest(claims.toString()));
        }

        private static String part(ObjectNode node) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(node));
        }
    }
}
