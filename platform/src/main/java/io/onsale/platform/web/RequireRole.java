package io.onsale.platform.web;

import io.onsale.platform.tokens.Role;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Only accounts with one of these roles may call this handler; others get {@code FORBIDDEN}. */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RequireRole {

    /** The roles that may call. */
    Role[] value();
}
