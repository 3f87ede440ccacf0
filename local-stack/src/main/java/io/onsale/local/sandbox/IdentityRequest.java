package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/** What a server asks for when it has a one-time password sent. */
record IdentityRequest(String name, String phoneNumber, String operator) {
    private static final Set<String> OPERATORS = Set.of("SKT", "KT", "LGU", "SKT_MVNO", "KT_MVNO", "LGU_MVNO");
    private static final Set<String> METHODS = Set.of("SMS", "APP");

    /** {@code INVALID_REQUEST} when something that is required is missing or unknown. */
    static IdentityRequest of(Call call) {
        ObjectNode body = body(call);
        var customer = body.path("customer");
        boolean complete = body.hasNonNull("channelKey")
                && customer.hasNonNull("name")
                && customer.hasNonNull("phoneNumber")
                && customer.hasNonNull("ipAddress")
                && OPERATORS.contains(body.path("operator").asText())
                && METHODS.contains(body.path("method").asText());
        if (!complete) {
            throw Refusal.portOne(400, "INVALID_REQUEST", "a required field is missing or unknown");
        }
        return new IdentityRequest(
                customer.path("name").asText(),
                customer.path("phoneNumber").asText(),
                body.path("operator").asText());
    }

    static ObjectNode body(Call call) {
        try {
            return call.body().length == 0 ? Json.object() : Json.parse(call.body());
        } catch (IOException e) {
            throw Refusal.portOne(400, "INVALID_REQUEST", "the body is no JSON object");
        }
    }
}
