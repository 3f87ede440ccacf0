package io.onsale.loadtest.bench;

import io.netty.handler.codec.http.HttpMethod;
import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** What an operator does to a line while it is measured, through the public API as the demo administrator. */
final class Operator {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LocalStack stack;

    Operator(LocalStack stack) {
        this.stack = stack;
    }

    void pause(String eventId) {
        change(eventId, Json.object().put("state", "PAUSED"));
    }

    void open(String eventId) {
        change(eventId, Json.object().put("state", "OPEN"));
    }

    private void change(String eventId, ObjectNode change) {
        try (Api api = new Api(new Steps(), 2)) {
            String url = stack.gateway() + "/api/v1/queue/admin/" + eventId;
            Request request = new Request("operator", HttpMethod.PATCH, url, Map.of(), change);
            Reply reply = Objects.requireNonNull(api.send(request.with("Authorization", "Bearer " + token(api)))
                    .block(PATIENCE));
            if (!reply.ok()) {
                throw new Complaint("The operator could not change the line: " + reply.summary());
            }
        }
    }

    private String token(Api api) {
        LocalStack.Account account = stack.account("admin");
        ObjectNode body = Json.object().put("email", account.email()).put("password", account.password());
        Reply reply =
                Objects.requireNonNull(api.send(Request.post("operator", stack.gateway() + "/api/v1/auth/login", body))
                        .block(PATIENCE));
        return reply.text("accessToken");
    }
}
