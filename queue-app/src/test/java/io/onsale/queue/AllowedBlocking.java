package io.onsale.queue;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Blocking calls that are known, short and not ours. Each line says why; anything else on an event loop fails the test. */
public final class AllowedBlocking implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder
                // /dev/urandom never waits; ids come from it.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                // A class is read from its jar the first time it is needed.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                // Lettuce counts the writers of its one connection under a lock held for a few instructions.
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters")
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "decrementWriters");
    }
}
