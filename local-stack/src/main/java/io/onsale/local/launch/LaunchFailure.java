package io.onsale.local.launch;

/** A command cannot do what it was asked for; the message is for the person who asked. */
final class LaunchFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaunchFailure(String message) {
        super(message);
    }
}
