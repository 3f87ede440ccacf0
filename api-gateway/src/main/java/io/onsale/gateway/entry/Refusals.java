package io.onsale.gateway.entry;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemWriter;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers requests that never get as far as Spring's filters, with problems that look like all others. Neither the access log nor a
 * trace knows of them, so the id they are told is found nowhere but at the proxy that gave it.
 */
@Component
public final class Refusals {
    /** What is left of a longer request is not worth reading for the sake of its connection. */
    private static final int LONGEST_BODY = 65_536;

    private final ProblemWriter writer;
    private final RequestIds ids;
    private final CorsConfiguration cors;

    Refusals(ProblemWriter writer, EntrySettings settings) {
        this.writer = writer;
        this.ids = new RequestIds(new TrustedProxies(settings.trustedProxies()));
        this.cors = Cors.allowed(settings);
    }

    /**
     * Answers with the problem.
     *
     * @param instance the path that was asked for
     */
    public Publisher<Void> send(
            HttpServerRequest request, HttpServerResponse response, Problem problem, String instance) {
        HttpHeaders asked = request.requestHeaders();
        String id = ids.of(request.remoteAddress(), asked.get(RequestIds.HEADER));
        byte[] body = writer.render(problem, asked.get("Accept-Language"), instance, id);
        HttpHeaders headers = response.status(
                        HttpResponseStatus.valueOf(problem.code().status().value()))
                .keepAlive(isShort(asked))
                .responseHeaders();
        headers.set(RequestIds.HEADER, id)
                .set("Content-Type", MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set("Content-Length", body.length);
        problem.retryAfterSeconds().ifPresent(seconds -> headers.set("Retry-After", seconds));
        AnswerHeaders.complete(headers, request.connectionScheme());
        tellPage(asked.get("Origin"), headers);
        return response.sendByteArray(Mono.just(body));
    }

    private static boolean isShort(HttpHeaders asked) {
        boolean isMeasured = !asked.contains("Transfer-Encoding");
        int length = asked.contains("Content-Length") ? asked.getInt("Content-Length", Integer.MAX_VALUE) : 0;
        return isMeasured && length <= LONGEST_BODY;
    }

    /** Lets a page read the answer that may call: without it a browser tells the page of a broken connection. */
    private void tellPage(@Nullable String origin, HttpHeaders headers) {
        String allowed = cors.checkOrigin(origin);
        headers.set("Vary", "Origin");
        if (allowed != null) {
            headers.set("Access-Control-Allow-Origin", allowed)
                    .set("Access-Control-Expose-Headers", String.join(", ", Cors.ANSWER_HEADERS));
        }
    }
}
