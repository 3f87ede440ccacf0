package io.onsale.ticketing.accounts.provider;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.accounts.AccountsProblem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Asks reCAPTCHA whether a human solved it. A token is good once and for two minutes; Google keeps count. */
@Component
public class CaptchaCheck {
    private final ProviderSettings.Captcha settings;
    private final ProviderHttp http;

    CaptchaCheck(ProviderSettings settings, ProviderHttp http) {
        this.settings = settings.captcha();
        this.http = http;
    }

    /** Whether this many attempts in a minute are suspicious. */
    public boolean isNeededAfter(long attempts) {
        return settings.enabled() && attempts > settings.suspiciousAfter();
    }

    /** Empty when a human is there or CAPTCHAs are off; {@code CAPTCHA_REQUIRED} or {@code CAPTCHA_FAILED} else. */
    public Mono<Void> require(@Nullable String token, String ip) {
        if (!settings.enabled()) {
            return Mono.empty();
        }
        if (token == null || token.isBlank()) {
            return Mono.error(Problem.of(AccountsProblem.CAPTCHA_REQUIRED).asException());
        }
        var form = BodyInserters.fromFormData("secret", Objects.requireNonNull(settings.secret()))
                .with("response", token);
        Mono<JsonNode> verdict = http.client()
                .post()
                .uri(settings.verifyUri())
                .body(ip.isEmpty() ? form : form.with("remoteip", ip))
                .retrieve()
                .bodyToMono(JsonNode.class);
        return http.guarded("CAPTCHA check", verdict).flatMap(this::judge);
    }

    private Mono<Void> judge(JsonNode verdict) {
        boolean human = verdict.path("success").asBoolean(false)
                && verdict.path("score").asDouble(1) >= settings.minScore();
        return human
                ? Mono.empty()
                : Mono.error(Problem.of(AccountsProblem.CAPTCHA_FAILED).asException());
    }
}
