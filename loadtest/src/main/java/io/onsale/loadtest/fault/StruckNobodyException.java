package io.onsale.loadtest.fault;

/** The strike found nothing to strike, so that what held was not tried. */
final class StruckNobodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StruckNobodyException(String message) {
        super(message);
    }
}
