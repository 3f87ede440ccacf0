package io.onsale.platform.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes a {@link Problem} as {@code application/problem+json} in the caller's language. */
public final class ProblemWriter {
    private final ProblemTexts texts;
    private final TraceIds traceIds;
    private final JsonMapper json;

    public ProblemWriter(ProblemTexts texts, TraceIds traceIds, JsonMapper json) {
        this.texts = texts;
        this.traceIds = traceIds;
        this.json = json;
    }

    /** Answers the exchange with the problem. Nothing may have been written before. */
    public Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(problem.code().status());
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (problem.code().status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        problem.retryAfterSeconds().ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
        byte[] body = render(exchange, problem);
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** The problem as it would be written: for answers that are kept. */
    public byte[] render(ServerWebExchange exchange, Problem problem) {
        String language = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE);
        return render(problem, language, exchange.getRequest().getURI().getRawPath(), traceIds.of(exchange));
    }

    /**
     * The problem for a request that no exchange was made of.
     *
     * @param acceptLanguage the header of that name, or null without one
     * @param instance the path that was asked for
     */
    public byte[] render(Problem problem, @Nullable String acceptLanguage, String instance, String traceId) {
        return json.writeValueAsBytes(body(problem, ProblemTexts.choose(acceptLanguage), instance, traceId));
    }

    private Map<String, Object> body(Problem problem, Locale language, String instance, String traceId) {
        String code = problem.code().name();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:onsale:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
        body.put("title", texts.text(code + ".title", language, problem.members()));
        body.put("status", problem.code().status().value());
        body.put("detail", texts.text(code + ".detail", language, problem.members()));
        body.put("instance", instance);
        body.put("code", code);
        body.put("traceId", traceId);
        if (!problem.errors().isEmpty()) {
            body.put("errors", errors(problem.errors(), language));
        }
        problem.members().forEach(body::putIfAbsent);
        return body;
    }

    private List<Map<String, Object>> errors(List<FieldProblem> errors, Locale language) {
        List<Map<String, Object>> list = new ArrayList<>(errors.size());
        for (FieldProblem error : errors) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("field", error.field());
            entry.put("rule", error.rule());
            entry.put("message", texts.text("rule." + error.rule(), language, error.args()));
            list.add(entry);
        }
        return list;
    }
}
