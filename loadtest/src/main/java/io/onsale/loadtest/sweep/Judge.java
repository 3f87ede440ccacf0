package io.onsale.loadtest.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what is wrong with an answer, by the document alone. */
final class Judge {
    private static final String PROBLEM = "application/problem+json";
    /** Answered by the HTTP server before a request is complete: without a body, as the document says. */
    private static final Set<Integer> AT_THE_DOOR = Set.of(414, 431);

    private final Schemas schemas;
    private final JsonNode problem = JsonMapper.shared().readTree("{\"$ref\": \"#/components/schemas/Problem\"}");

    Judge(Schemas schemas) {
        this.schemas = schemas;
    }

    List<String> judge(Operation operation, Case asked, Cast.Part part, Answer answer) {
        List<String> wrong = new ArrayList<>();
        int status = answer.status();
        if (status == 0) {
            return List.of("no answer: " + answer.text());
        }
        if (status >= 500 && !isFullLine(answer)) {
            wrong.add("server error " + status);
        }
        if (asked.describedCall() && operation.response(status).isMissingNode()) {
            wrong.add("undocumented status " + status);
        }
        if (status >= 400 && !AT_THE_DOOR.contains(status)) {
            problemOf(asked.call(), answer, wrong);
        }
        if (status / 100 == 2 && asked.describedCall()) {
            if (operation.isPrivate()) {
                wrong.add("somebody else's answered to " + part);
            }
            contentOf(operation, asked.call(), answer, wrong);
            acceptedOf(operation, asked.call(), wrong);
        }
        return wrong;
    }

    /** The one 503 that says nothing of trouble: everybody who may wait is waiting. */
    private static boolean isFullLine(Answer answer) {
        return answer.status() == 503
                && answer.headers().containsKey("retry-after")
                && Attacker.code(answer).equals("LINE_FULL");
    }

    private void problemOf(Call call, Answer answer, List<String> wrong) {
        if (call.method().equals("HEAD")) {
            return;
        }
        if (!answer.mediaType().equals(PROBLEM)) {
            wrong.add("error " + answer.status() + " that is no problem but '" + answer.mediaType() + "'");
            return;
        }
        JsonNode body = parse(answer.body());
        schemas.violations(problem, body).forEach(violation -> wrong.add("problem with a wrong form: " + violation));
        if (body.path("status").asInt(0) != answer.status()) {
            wrong.add("problem that names another status");
        }
    }

    private void contentOf(Operation operation, Call call, Answer answer, List<String> wrong) {
        JsonNode content = operation.response(answer.status()).path("content");
        if (content.isMissingNode() || call.method().equals("HEAD")) {
            if (answer.body().length > 0 && content.isMissingNode()) {
                wrong.add("undocumented body of " + answer.status());
            }
            return;
        }
        JsonNode media = content.path(answer.mediaType());
        if (media.isMissingNode()) {
            wrong.add("undocumented content '" + answer.mediaType() + "' of " + answer.status());
        } else if (answer.mediaType().equals("application/json")) {
            schemas.violations(media.path("schema"), parse(answer.body()))
                    .forEach(violation -> wrong.add("answer against its schema: " + violation));
        }
    }

    private void acceptedOf(Operation operation, Call call, List<String> wrong) {
        if (operation.bodyType().equals("application/json")
                && call.headers().getOrDefault("Content-Type", "").equals("application/json")
                && call.body().length > 0
                && operation.bodySchema().has("$ref")) {
            List<String> violations = schemas.violations(operation.bodySchema(), parse(call.body()));
            if (!violations.isEmpty()) {
                wrong.add("accepted against its schema: " + violations.get(0));
            }
        }
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            return JsonMapper.shared().getNodeFactory().stringNode("not JSON");
        }
    }
}
