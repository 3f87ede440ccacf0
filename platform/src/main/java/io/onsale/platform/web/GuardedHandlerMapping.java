package io.onsale.platform.web;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemCode;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.TokenCheck;
import io.onsale.platform.tokens.TokenKind;
import io.onsale.platform.tokens.TokenVerifier;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * Checks who calls at the moment the handler is found, so that the rule stands on the handler itself and a handler
 * without a rule is closed to callers without an account.
 */
final class GuardedHandlerMapping extends RequestMappingHandlerMapping {
    private static final String BEARER = "Bearer ";
    private static final Duration KEYS_COME_IN = Duration.ofSeconds(1);

    private final TokenVerifier tokens;
    private final ServiceCredentials credentials;
    private final List<PathPattern> openPaths;
    private final Map<Method, Access> accessByMethod = new ConcurrentHashMap<>();

    GuardedHandlerMapping(TokenVerifier tokens, ServiceCredentials credentials, List<PathPattern> openPaths) {
        this.tokens = tokens;
        this.credentials = credentials;
        this.openPaths = openPaths;
    }

    @Override
    public Mono<HandlerMethod> getHandlerInternal(ServerWebExchange exchange) {
        return super.getHandlerInternal(exchange)
                .flatMap(handler -> canBeAnswered(exchange, handler)
                        ? guard(exchange, handler)
                        : refuse(CommonProblem.NOT_ACCEPTABLE));
    }

    /**
     * Whether the caller will take the answer, asked before the handler does its work: a hold must not be made whose answer cannot
     * be written. Handlers that produce something else than JSON say so and were chosen by it.
     */
    private static boolean canBeAnswered(ServerWebExchange exchange, HandlerMethod handler) {
        List<MediaType> accepted;
        try {
            accepted = exchange.getRequest().getHeaders().getAccept();
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
        return accepted.isEmpty()
                || exchange.getAttribute(PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) != null
                || accepted.stream().anyMatch(type -> type.includes(MediaType.APPLICATION_JSON))
                || hasNoBody(handler);
    }

    private static boolean hasNoBody(HandlerMethod handler) {
        ResolvableType answer = ResolvableType.forMethodParameter(handler.getReturnType());
        while (answer.hasGenerics()) {
            answer = answer.getGeneric(0);
        }
        return answer.resolve() == Void.class;
    }

    private Mono<HandlerMethod> guard(ServerWebExchange exchange, HandlerMethod handler) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        if (path.value().startsWith("/internal/")) {
            return credentials.isValid(exchange) ? Mono.just(handler) : refuse(CommonProblem.CREDENTIAL_INVALID);
        }
        Access access = accessByMethod.computeIfAbsent(handler.getMethod(), method -> Access.of(handler));
        boolean isOpen = access instanceof Access.Anyone || isOpen(path);
        String token = bearer(exchange);
        if (token == null) {
            return isOpen ? Mono.just(handler) : refuse(CommonProblem.TOKEN_MISSING);
        }
        return tokens.verify(TokenKind.ACCESS, token).flatMap(check -> {
            Caller caller = callerOf(check);
            if (caller == null) {
                boolean isDecided = !(check instanceof TokenCheck.Undecided);
                return isOpen && isDecided ? Mono.just(handler) : refuse(check);
            }
            if (access instanceof Access.Roles rule && !rule.roles().contains(caller.role())) {
                return refuse(CommonProblem.FORBIDDEN);
            }
            exchange.getAttributes().put(CallerArgumentResolver.CALLER, caller);
            return Mono.just(handler);
        });
    }

    private boolean isOpen(PathContainer path) {
        for (PathPattern open : openPaths) {
            if (open.matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String bearer(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return header.substring(BEARER.length()).trim();
    }

    private static @Nullable Caller callerOf(TokenCheck check) {
        if (!(check instanceof TokenCheck.Valid valid)) {
            return null;
        }
        return Caller.of(valid.token());
    }

    private static <T> Mono<T> refuse(TokenCheck check) {
        if (check instanceof TokenCheck.Undecided) {
            return Mono.error(Problem.of(CommonProblem.UNAVAILABLE)
                    .retryAfter(KEYS_COME_IN)
                    .asException());
        }
        return refuse(check instanceof TokenCheck.Expired ? CommonProblem.TOKEN_EXPIRED : CommonProblem.TOKEN_INVALID);
    }

    private static <T> Mono<T> refuse(ProblemCode code) {
        return Mono.error(Problem.of(code).asException());
    }
}
