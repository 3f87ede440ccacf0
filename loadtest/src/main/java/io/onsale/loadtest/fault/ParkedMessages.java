package io.onsale.loadtest.fault;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.PatientApi;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** What an operator does about messages that nobody could handle, through the public API as the demo administrator. */
record ParkedMessages(LocalStack stack) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PARKED_WITHIN = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Waits until messages of this aggregate are parked, and gives them up. Fails when none is within two minutes. */
    void giveUp(String aggregateId) {
        try (Api api = new Api(new Steps(), 2)) {
            PatientApi patient = new PatientApi(api, PATIENCE);
            long end = System.nanoTime() + PARKED_WITHIN.toNanos();
            List<String> parked = of(aggregateId, patient);
            while (parked.isEmpty()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("nothing of " + aggregateId + " was parked");
                }
                Victims.sleep(PAUSE);
                parked = of(aggregateId, patient);
            }
            parked.forEach(id -> asked(patient, Request.delete("operator", url() + "/" + id)));
            Victims.say("parked, and given up by the operator");
        }
    }

    private List<String> of(String aggregateId, PatientApi api) {
        List<String> ids = new ArrayList<>();
        for (JsonNode item : asked(api, Request.get("operator", url())).body().path("items")) {
            if (item.path("aggregateId").asString("").equals(aggregateId)) {
                ids.add(item.path("id").asString());
            }
        }
        return ids;
    }

    private Reply asked(PatientApi api, Request request) {
        Reply reply = sent(api, request.with("Authorization", "Bearer " + token(api)));
        if (!reply.ok()) {
            throw new IllegalStateException("the operator was refused: " + reply.summary());
        }
        return reply;
    }

    private String token(PatientApi api) {
        LocalStack.Account account = stack.account("admin");
        var login = Json.object().put("email", account.email()).put("password", account.password());
        return sent(api, Request.post("operator", stack.gateway() + "/api/v1/auth/login", login))
                .text("accessToken");
    }

    private static Reply sent(PatientApi api, Request request) {
        return Objects.requireNonNull(api.send(request).block(PATIENCE.multipliedBy(2)));
    }

    private String url() {
        return stack.gateway() + "/api/v1/admin/parked-messages";
    }
}
