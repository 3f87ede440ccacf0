package io.onsale.local.stores;

/** What keeps one store running: a process of this machine or a container. */
interface Engine {

    /** Returns when it has been launched; the store itself says when it answers. */
    void start();

    void stop();

    /** Ends it at once, as a power cut would. */
    void kill();

    void pause();

    void resume();

    boolean running();

    /** Ends it for good and leaves nothing of it behind. */
    default void discard() {
        kill();
    }

    /** What it said last, for the message when it does not answer. */
    String lastWords();
}
