package io.onsale.gateway.entry;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.ProblemTexts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests whose target is no URI (a lone {@code %}, a brace) with a problem like any other. They never get as far as
 * Spring's filters, which need a URI to begin with; by default they would end in a bare 400.
 */
@Component
final class UnreadableTargets implements NettyRouteProvider {
    private static final BitSet HARMLESS = new BitSet();

    static {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~!$&'()*+,;=:@/?"
                .chars()
                .forEach(HARMLESS::set);
    }

    private final ProblemTexts texts;
    private final JsonMapper json;

    UnreadableTargets(ProblemTexts texts, JsonMapper json) {
        this.texts = texts;
        this.json = json;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(request -> !isReadable(request.uri()), this::refuse);
    }

    /** Whether {@link URI} can read it. Nearly every target is decided without asking. */
    static boolean isReadable(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (!HARMLESS.get(target.charAt(i))) {
                return parses(target);
            }
        }
        return true;
    }

    private static boolean parses(String target) {
        try {
            new URI(target.startsWith("/") ? "http://localhost" + target : target);
            return true;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    private Publisher<Void> refuse(HttpServerRequest request, HttpServerResponse response) {
        byte[] body = json.writeValueAsBytes(problem(request.requestHeaders().get("Accept-Language")));
        return response.status(HttpResponseStatus.BAD_REQUEST)
                .header("Content-Type", "application/problem+json")
                .header("Content-Length", Integer.toString(body.length))
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", AnswerHeaders.NOTHING_ELSE)
                // What is left of the request is not read.
                .header("Connection", "close")
                .sendByteArray(Mono.just(body));
    }

    private Map<String, Object> problem(@Nullable String acceptLanguage) {
        Locale language = language(acceptLanguage);
        String code = CommonProblem.VALIDATION_FAILED.name();
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:onsale:problem:validation-failed");
        problem.put("title", texts.text(code + ".title", language, Map.of()));
        problem.put("status", HttpResponseStatus.BAD_REQUEST.code());
        problem.put("detail", texts.text(code + ".detail", language, Map.of()));
        problem.put("instance", "/");
        problem.put("code", code);
        problem.put("traceId", traceId());
        problem.put(
                "errors",
                List.of(Map.of(
                        "field", "target", "rule", "Uri", "message", texts.text("rule.Uri", language, Map.of()))));
        return problem;
    }

    private static Locale language(@Nullable String header) {
        try {
            return header == null ? Locale.ENGLISH : ProblemTexts.choose(Locale.LanguageRange.parse(header));
        } catch (IllegalArgumentException malformed) {
            return Locale.ENGLISH;
        }
    }

    private static String traceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}
