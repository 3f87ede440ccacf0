package io.onsale.ticketing.payments.provider;

/** The provider is well, and was asked too often. */
final class ProviderBusyException extends ProviderUnavailableException {

    private static final long serialVersionUID = 1L;

    ProviderBusyException(String message) {
        super(message, null);
    }
}
