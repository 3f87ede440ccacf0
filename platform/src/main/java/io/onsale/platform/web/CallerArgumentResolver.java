package io.onsale.platform.web;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** Gives handlers the {@link Caller}. */
final class CallerArgumentResolver implements SyncHandlerMethodArgumentResolver {
    static final String CALLER = Caller.class.getName();

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public @Nullable Object resolveArgumentValue(
            MethodParameter parameter, BindingContext bindingContext, ServerWebExchange exchange) {
        Caller caller = exchange.getAttribute(CALLER);
        if (caller == null && !parameter.isOptional()) {
            throw Problem.of(CommonProblem.TOKEN_MISSING).asException();
        }
        return caller;
    }
}
