package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * reCAPTCHA's {@code siteverify}. A token that starts with {@code human-} is a human's, once; {@code score-0.3-…} has that score; any
 * other is not a token of this site. The secret {@code wrong} is refused, every other is taken.
 */
final class CaptchaApi {

    private final People<Boolean> used = new People<>(Duration.ofMinutes(2));

    Operation.@Nullable Named route(Call call) {
        boolean mine = call.method().equals("POST") && call.pathText().equals("/recaptcha/api/siteverify");
        return mine ? Operation.Named.plain("captcha.verify", List.of(), tx -> verify(call.formBody())) : null;
    }

    private Answer verify(Map<String, String> form) {
        String token = form.getOrDefault("response", "");
        if (form.getOrDefault("secret", "").isEmpty()) {
            return refused("missing-input-secret");
        }
        if ("wrong".equals(form.get("secret"))) {
            return refused("invalid-input-secret");
        }
        if (token.isEmpty()) {
            return refused("missing-input-response");
        }
        boolean scored = token.matches("score-[01]\\.[0-9]-.+");
        if (!scored && !token.startsWith("human-")) {
            return refused("invalid-input-response");
        }
        if (used.get(token) != null) {
            return refused("timeout-or-duplicate");
        }
        used.put(token, true);
        ObjectNode body = Json.object()
                .put("success", true)
                .put("challenge_ts", Instant.now().toString())
                .put("hostname", "localhost");
        if (scored) {
            body.put("score", Double.parseDouble(token.substring(6, 9))).put("action", "signup");
        }
        return Answer.json(200, body);
    }

    private static Answer refused(String code) {
        ObjectNode body = Json.object().put("success", false);
        body.putArray("error-codes").add(code);
        return Answer.json(200, body);
    }
}
