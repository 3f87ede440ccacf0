package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** What PortOne V2 shows of an identity verification, by its state. */
final class Identities {
    private static final String SOMEBODY = "김민수";
    private static final String BORN = "1995-05-05";
    private static final String PHONE = "01012345678";

    private Identities() {}

    static ObjectNode ready(Settings settings, String id, IdentityRequest request) {
        ObjectNode ready = begun(settings, "READY", id, Instant.now().toString());
        ready.putObject("requestedCustomer")
                .put("id", "")
                .put("name", request.name())
                .put("phoneNumber", request.phoneNumber());
        return ready;
    }

    /** What a person who was asked by one-time password is verified as. */
    static Map<String, String> fieldsOf(ObjectNode ready) {
        return Map.of(
                "name", ready.path("requestedCustomer").path("name").asText(SOMEBODY),
                "phoneNumber",
                        ready.path("requestedCustomer").path("phoneNumber").asText(PHONE));
    }

    static ObjectNode verified(Settings settings, String id, Map<String, String> person, String at) {
        String name = person.getOrDefault("name", SOMEBODY);
        String birthDate = person.getOrDefault("birthDate", BORN);
        String phoneNumber = person.getOrDefault("phoneNumber", PHONE);
        String identity = name + birthDate + phoneNumber;
        String ci = Base64.getEncoder().encodeToString(People.digest("ci" + identity));
        ObjectNode verified = begun(settings, "VERIFIED", id, at);
        verified.putObject("verifiedCustomer")
                .put("name", name)
                .put("operator", "SKT")
                .put("phoneNumber", phoneNumber)
                .put("birthDate", birthDate)
                .put("gender", "MALE")
                .put("isForeigner", false)
                .put("ci", ci + ci.substring(0, 44))
                .put("di", Base64.getEncoder().encodeToString(People.digest("di" + identity)));
        return verified.put("verifiedAt", at).put("pgTxId", "sandbox-" + id).put("pgRawResponse", "");
    }

    static ObjectNode failed(Settings settings, String id, String at) {
        ObjectNode failed = begun(settings, "FAILED", id, at);
        failed.putObject("failure").put("reason", "the person gave up").put("pgCode", "C999");
        return failed;
    }

    private static ObjectNode begun(Settings settings, String status, String id, String at) {
        ObjectNode verification = Json.object()
                .put("status", status)
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
        return verification;
    }
}
