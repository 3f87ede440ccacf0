package io.onsale.local.tests;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Blocking calls that are known, short and not ours. Each line says why; anything else on an event loop fails. */
public final class AllowedBlocking implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder
                // /dev/urandom never waits; nonces, ids and salts come from it.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                // A class is read from its jar the first time it is needed.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                // A client's decompressor unpacks its library once.
                .allowBlockingCallsInside("com.github.luben.zstd.util.Native", "load")
                // Lettuce counts the writers of its one connection under a lock held for a few instructions.
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters")
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "decrementWriters")
                // It measures the bounded queue of commands that wait for that connection under such a lock, and adds
                // to it.
                .allowBlockingCallsInside("io.lettuce.core.protocol.DefaultEndpoint", "validateWrite")
                .allowBlockingCallsInside("io.lettuce.core.protocol.DefaultEndpoint", "writeToDisconnectedBuffer")
                // Lettuce forgets the connections of a cluster's nodes under a lock when it closes them.
                .allowBlockingCallsInside(
                        "io.lettuce.core.cluster.PooledClusterConnectionProvider", "resetFastConnectionCache")
                // A breaker counts a call's outcome under a lock held for a few instructions.
                .allowBlockingCallsInside("io.github.resilience4j.core.metrics.FixedSizeSlidingWindowMetrics", "record")
                // Jackson prepares each type once, under a lock.
                .allowBlockingCallsInside(
                        "tools.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer")
                .blockingMethodCallback(AllowedBlocking::refuse);
    }

    /** Libraries swallow errors thrown in their midst and an answer is lost without a word: so the place is said here. */
    private static void refuse(BlockingMethod method) {
        BlockingOperationError refusal = new BlockingOperationError(method);
        System.err.println("On " + Thread.currentThread().getName() + ":");
        refusal.printStackTrace();
        throw refusal;
    }
}
