package io.onsale.platform.web;

import io.onsale.platform.tokens.Role;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** Who may call one handler. The method's own annotation goes before its class's; neither means: any account. */
sealed interface Access {

    record Anyone() implements Access {}

    record AnyAccount() implements Access {}

    record Roles(Set<Role> roles) implements Access {}

    static Access of(HandlerMethod handler) {
        if (handler.hasMethodAnnotation(Open.class)) {
            return new Anyone();
        }
        RequireRole ofMethod = handler.getMethodAnnotation(RequireRole.class);
        if (ofMethod != null) {
            return new Roles(EnumSet.copyOf(Set.of(ofMethod.value())));
        }
        Class<?> type = handler.getBeanType();
        if (AnnotatedElementUtils.hasAnnotation(type, Open.class)) {
            return new Anyone();
        }
        RequireRole ofType = AnnotatedElementUtils.findMergedAnnotation(type, RequireRole.class);
        return ofType == null ? new AnyAccount() : new Roles(EnumSet.copyOf(Set.of(ofType.value())));
    }
}
