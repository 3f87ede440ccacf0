package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PortOne V2's identity verification: what a server reads, the one-time password that a server has sent ({@code …/send},
 * {@code …/resend}, {@code …/confirm}; here it is always {@value #OTP}), and the window in which a person proves who they are
 * ({@code POST /identity-window/{id}/approve} with a form of name, birthDate, phoneNumber; {@code …/decline}). The same person has
 * the same CI every time; {@code verifiedAt} may be given to play an old verification.
 */
final class IdentityApi {
    static final String OTP = "000000";

    private final Settings settings;
    private final PortOneTokens tokens;
    private final People<ObjectNode> verifications = new People<>(Duration.ofDays(1));

    IdentityApi(Settings settings) {
        this.settings = settings;
        this.tokens = new PortOneTokens(settings.apiSecret());
    }

    Operation.@Nullable Named route(Call call) {
        String[] path = call.path();
        String signature = call.method() + " " + path[0] + "/" + path.length;
        return switch (signature) {
            case "GET identity-verifications/2" ->
                Operation.Named.plain("portone.identity", List.of(path[1]), tx -> read(call));
            case "POST identity-verifications/3" ->
                Operation.Named.plain("portone.identity-otp", List.of(path[1]), tx -> otp(call));
            case "POST identity-window/3" ->
                Operation.Named.plain("portone.identity-window", List.of(path[1]), tx -> window(call));
            default -> null;
        };
    }

    private Answer read(Call call) {
        tokens.check(call.headerOr("authorization", ""));
        return Answer.json(200, found(call.path()[1]));
    }

    private Answer otp(Call call) {
        tokens.check(call.headerOr("authorization", ""));
        String id = call.path()[1];
        ObjectNode known = verifications.get(id);
        if (known != null && known.path("status").asText().equals("VERIFIED")) {
            throw Refusal.portOne(409, "IDENTITY_VERIFICATION_ALREADY_VERIFIED", "the identity verification is over");
        }
        switch (call.path()[2]) {
            case "send" -> verifications.put(id, Identities.ready(settings, id, IdentityRequest.of(call)));
            case "resend" -> sent(id);
            case "confirm" -> verifications.put(id, confirmed(id, sent(id), call));
            default -> throw Refusal.portOne(404, "NOT_FOUND", "there is no such operation");
        }
        return Answer.json(200, Json.object());
    }

    private ObjectNode confirmed(String id, ObjectNode ready, Call call) {
        String given = IdentityRequest.body(call).path("otp").asText("");
        if (!given.equals(OTP)) {
            throw Refusal.portOne(502, "PG_PROVIDER", "the one-time password is wrong");
        }
        return Identities.verified(
                settings, id, Identities.fieldsOf(ready), Instant.now().toString());
    }

    private ObjectNode sent(String id) {
        ObjectNode known = found(id);
        if (!known.path("status").asText().equals("READY")) {
            throw Refusal.portOne(404, "IDENTITY_VERIFICATION_NOT_SENT", "no one-time password was sent");
        }
        return known;
    }

    private ObjectNode found(String id) {
        ObjectNode known = verifications.get(id);
        if (known == null) {
            throw Refusal.portOne(404, "IDENTITY_VERIFICATION_NOT_FOUND", "there is no such identity verification");
        }
        return known;
    }

    private Answer window(Call call) {
        String id = call.path()[1];
        Map<String, String> form = call.formBody();
        String at = form.getOrDefault("verifiedAt", Instant.now().toString());
        boolean approved = call.path()[2].equals("approve");
        verifications.put(
                id, approved ? Identities.verified(settings, id, form, at) : Identities.failed(settings, id, at));
        return Answer.json(200, Json.object().put("identityVerificationId", id));
    }
}
