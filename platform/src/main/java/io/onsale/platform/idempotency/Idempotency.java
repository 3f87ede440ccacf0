package io.onsale.platform.idempotency;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.platform.problem.ProblemWriter;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a request that carries an {@code Idempotency-Key} once, however often it comes:
 *
 * <ul>
 *   <li>answered before: the same status and body, for 24 hours;
 *   <li>under way: 409 {@code IDEMPOTENCY_KEY_IN_USE}, until it is answered or its worker has died (a lease of 10 seconds, renewed
 *       while the work goes on);
 *   <li>the key with another body: 422 {@code IDEMPOTENCY_KEY_REUSED};
 *   <li>429, 503 and faults of ours are not kept: the same key may try again.
 * </ul>
 *
 * <p>A crash between effect and answer leaves a lease that runs out; then the work is done again with the same request id, by
 * which it must know its own effect. Run it {@linkplain io.onsale.platform.web.Detached detached}.
 */
public final class Idempotency {
    /** The header that carries the key. */
    public static final String HEADER = "Idempotency-Key";

    private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

    private final StoredAnswers answers;
    private final Leases leases;
    private final ProblemWriter problems;
    private final JsonMapper json;

    Idempotency(StoredAnswers answers, Leases leases, ProblemWriter problems, JsonMapper json) {
        this.answers = answers;
        this.leases = leases;
        this.problems = problems;
        this.json = json;
    }

    /**
     * Does the work at most once at a time and at most once to an end.
     *
     * @param route names the operation; the key is unique for user and route
     * @param body what was asked, as parsed: part of the fingerprint
     * @param work given the request id, the same for every repetition
     */
    public Mono<ResponseEntity<byte[]>> once(
            ServerWebExchange exchange,
            String userId,
            String route,
            Object body,
            Function<String, ? extends Mono<? extends ResponseEntity<?>>> work) {
        return Mono.defer(() -> {
            String header = exchange.getRequest().getHeaders().getFirst(HEADER);
            IdempotentRequest request = IdempotentRequest.of(userId, route, header, json.writeValueAsBytes(body));
            return answers.begin(request, Leases.LENGTH)
                    .onErrorMap(Idempotency::notNow)
                    .flatMap(begun -> proceed(begun, request, exchange, work));
        });
    }

    /** Nothing was done yet: the client may try again. */
    private static Throwable notNow(Throwable error) {
        log.warn("A request's key could not be looked up: {}", error.toString());
        return Problem.of(CommonProblem.UNAVAILABLE)
                .retryAfter(Duration.ofSeconds(1))
                .asException();
    }

    private Mono<ResponseEntity<byte[]>> proceed(
            StoredAnswers.Begun begun,
            IdempotentRequest request,
            ServerWebExchange exchange,
            Function<String, ? extends Mono<? extends ResponseEntity<?>>> work) {
        if (begun instanceof StoredAnswers.Begun.Answered before) {
            return Mono.just(entity(before.answer()));
        }
        if (begun instanceof StoredAnswers.Begun.Different) {
            return Mono.error(
                    Problem.of(IdempotencyProblem.IDEMPOTENCY_KEY_REUSED).asException());
        }
        if (begun instanceof StoredAnswers.Begun.Work mine) {
            Mono<ResponseEntity<byte[]>> worked = Mono.defer(() -> work.apply(request.requestId()))
                    .map(this::answer)
                    .onErrorResume(ProblemException.class, refusal -> kept(exchange, refusal))
                    .flatMap(answer -> answers.finish(request, mine.lease(), answer)
                            .onErrorResume(e -> logged(request, e))
                            .thenReturn(entity(answer)))
                    .onErrorResume(error -> letGo(request, mine.lease()).then(Mono.error(error)));
            return leases.during(mine.lease(), request, worked);
        }
        return Mono.error(Problem.of(IdempotencyProblem.IDEMPOTENCY_KEY_IN_USE)
                .retryAfter(Duration.ofSeconds(1))
                .asException());
    }

    /** A refusal is an answer like any other, unless it only says "not now". */
    private Mono<StoredAnswers.Answer> kept(ServerWebExchange exchange, ProblemException refusal) {
        HttpStatus status = refusal.problem().code().status();
        boolean passing = status == HttpStatus.TOO_MANY_REQUESTS || status.is5xxServerError();
        return passing
                ? Mono.error(refusal)
                : Mono.fromSupplier(() -> new StoredAnswers.Answer(
                        status.value(),
                        MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        problems.render(exchange, refusal.problem())));
    }

    private StoredAnswers.Answer answer(ResponseEntity<?> response) {
        Object body = response.getBody();
        return new StoredAnswers.Answer(
                response.getStatusCode().value(),
                body == null ? null : MediaType.APPLICATION_JSON_VALUE,
                body == null ? new byte[0] : json.writeValueAsBytes(body));
    }

    private static ResponseEntity<byte[]> entity(StoredAnswers.Answer answer) {
        ResponseEntity.BodyBuilder response = ResponseEntity.status(HttpStatusCode.valueOf(answer.status()));
        @Nullable String type = answer.contentType();
        return type == null
                ? response.build()
                : response.contentType(MediaType.parseMediaType(type)).body(answer.body());
    }

    private Mono<Void> letGo(IdempotentRequest request, UUID lease) {
        return answers.letGo(request, lease).onErrorResume(e -> logged(request, e));
    }

    /** The lease will run out by itself. */
    private static Mono<Void> logged(IdempotentRequest request, Throwable error) {
        return Mono.fromRunnable(
                () -> log.warn("The answer to {} could not be kept: {}", request.route(), error.toString()));
    }
}
