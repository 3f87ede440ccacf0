package io.onsale.local.stores;

import java.util.List;

/** Redis as its clients and its troublemakers see it: one server, or a cluster of masters treated alike. */
public sealed interface RedisTarget permits RedisServer, RedisCluster {

    /** One `redis://` address per node, with the password. */
    List<String> uris();

    boolean isCluster();

    void start();

    /** SIGKILL: what was not on disk is gone. */
    void kill();

    /** SIGSTOP: connections stay open and nothing is answered. */
    void pause();

    /** SIGCONT. */
    void resume();

    /** Every key and every script gone; the servers keep running. */
    void wipe();

    /** Reads are answered, writes are refused: as a replica does, or a master that has lost its replicas. */
    void refuseWrites();

    void takeWrites();

    /** The limit of memory, in bytes; 0 = none. */
    void limitMemory(long bytes);
}
