package io.onsale.loadtest.sweep;

/**
 * One way to call an operation.
 *
 * @param name what is unusual about it
 * @param describedCall false where another method or path is called than the document describes
 */
record Case(String name, Call call, boolean describedCall) {

    static Case of(String name, Call call) {
        return new Case(name, call, true);
    }
}
