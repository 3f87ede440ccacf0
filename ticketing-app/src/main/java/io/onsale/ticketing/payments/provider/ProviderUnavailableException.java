package io.onsale.ticketing.payments.provider;

import org.jspecify.annotations.Nullable;

/** The provider did not answer, or not in time, or is not asked for now: what it did is not known. */
public class ProviderUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProviderUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
