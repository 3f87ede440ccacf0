package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PortOne V2's identity verification: what a server reads, and the window in which a person proves who they are
 * ({@code POST /identity-window/{id}/approve} with a form of name, birthDate, phoneNumber; {@code …/decline}). The same person has
 * the same CI every time; {@code verifiedAt} may be given to play an old verification.
 */
final class IdentityApi {

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
            case "POST identity-window/3" ->
                Operation.Named.plain("portone.identity-window", List.of(path[1]), tx -> window(call));
            default -> null;
        };
    }

    private Answer read(Call call) {
        tokens.check(call.headerOr("authorization", ""));
        ObjectNode found = verifications.get(call.path()[1]);
        if (found == null) {
            throw Refusal.portOne(404, "IDENTITY_VERIFICATION_NOT_FOUND", "there is no such identity verification");
        }
        return Answer.json(200, found);
    }

    private Answer window(Call call) {
        String id = call.path()[1];
        Map<String, String> form = call.formBody();
        boolean approved = call.path()[2].equals("approve");
        String at = form.getOrDefault("verifiedAt", Instant.now().toString());
        ObjectNode verification = Json.object()
                .put("status", approved ? "VERIFIED" : "FAILED")
                .put("id", id)
                .put("requestedAt", at)
                .put("updatedAt", at)
                .put("statusChangedAt", at);
        verification
                .putObject("channel")
                .put("type", "TEST")
                .put("id", "channel-identity-local")
                .put("key", settings.channelKey())
                .put("name", "sandbox")
                .put("pgProvider", "DANAL")
                .put("pgMerchantId", "sandbox");
        if (approved) {
            String person = form.getOrDefault("name", "김민수")
                    + form.getOrDefault("birthDate", "1995-05-05")
                    + form.getOrDefault("phoneNumber", "01012345678");
            String ci = Base64.getEncoder().encodeToString(People.digest("ci" + person));
            verification
                    .putObject("verifiedCustomer")
                    .put("name", form.getOrDefault("name", "김민수"))
                    .put("phoneNumber", form.getOrDefault("phoneNumber", "01012345678"))
                    .put("birthDate", form.getOrDefault("birthDate", "1995-05-05"))
                    .put("gender", "MALE")
                    .put("isForeigner", false)
                    .put("ci", ci + ci.substring(0, 44))
                    .put("di", Base64.getEncoder().encodeToString(People.digest("di" + person)));
            verification.put("verifiedAt", at).put("pgTxId", "sandbox-" + id).put("pgRawResponse", "");
        } else {
            verification
                    .putObject("failure")
                    .put("reason", "the person gave up")
                    .put("pgCode", "C999");
        }
        verifications.put(id, verification);
        return Answer.json(200, Json.object().put("identityVerificationId", id));
    }
}
