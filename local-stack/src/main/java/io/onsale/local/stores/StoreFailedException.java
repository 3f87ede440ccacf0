package io.onsale.local.stores;

/** A store did not come up; the message carries its last words. */
public final class StoreFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreFailedException(String message) {
        super(message);
    }
}
