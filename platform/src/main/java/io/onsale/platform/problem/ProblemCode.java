package io.onsale.platform.problem;

import org.springframework.http.HttpStatus;

/**
 * A stable, UPPER_SNAKE reason that clients may rely on. Implemented by one enum per module; its texts
 * ({@code CODE.title}, {@code CODE.detail}) stand in {@code problems/<module>.properties} and {@code _ko}.
 */
public interface ProblemCode {

    /** The {@code code} member on the wire. */
    String name();

    /** The HTTP status it is answered with. */
    HttpStatus status();
}
