package io.onsale.loadtest.fault;

import io.lettuce.core.api.sync.RedisCommands;
import io.onsale.loadtest.fault.Proxy.Deed;
import java.time.Duration;
import java.util.List;

/** The fast store slow, silent, forgetful, full or read-only. */
final class RedisFaults {

    private static final Duration FOR_A_WHILE = Duration.ofSeconds(10);

    private RedisFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.served("redis-stopped", "503 while it is away, then " + Fault.ALL_SERVED, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().pause("redis", FOR_A_WHILE);
                }),
                Fault.served("redis-killed", "the line survives by its log; " + Fault.ALL_SERVED, strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().kill("redis");
                    strike.victims().up();
                }),
                Fault.survived(
                        "redis-wiped",
                        "the line comes back in order by its place tokens; " + Fault.INVARIANTS,
                        strike -> {
                            strike.waitForTheMiddle();
                            strike.victims().kill("redis");
                            strike.victims().wipe("redis");
                            strike.victims().up();
                        }),
                Fault.served("redis-script-flush", strike -> {
                    strike.waitForTheMiddle();
                    strike.redis(RedisCommands::scriptFlush);
                    Victims.say("SCRIPT FLUSH");
                }),
                Fault.served("redis-reply-lost", strike -> {
                            strike.proxy()
                                    .trap(
                                            "redis",
                                            List.of("EVALSHA"),
                                            Deed.LOSE_REPLY,
                                            strike.random().nextInt(40),
                                            12);
                            strike.proxy().awaitSprung(12);
                        })
                        .byProxy(),
                Fault.served("redis-full", "503 while it is full, then " + Fault.ALL_SERVED, strike -> {
                    strike.waitForTheMiddle();
                    during(strike, "out of memory", "maxmemory", "1mb", "0");
                }),
                Fault.served("redis-read-only", "503 while it refuses, then " + Fault.ALL_SERVED, strike -> {
                    strike.waitForTheMiddle();
                    // A replica of a master that is not there keeps its data and takes no writes.
                    strike.redis(redis -> redis.replicaof("127.0.0.1", 1));
                    Victims.say("Redis takes no writes for " + FOR_A_WHILE.toSeconds() + " s");
                    Victims.sleep(FOR_A_WHILE);
                    strike.redis(RedisCommands::replicaofNoOne);
                }));
    }

    private static void during(Strike strike, String what, String setting, String bad, String good) {
        strike.redis(redis -> redis.configSet(setting, bad));
        Victims.say("Redis is " + what + " for " + FOR_A_WHILE.toSeconds() + " s");
        Victims.sleep(FOR_A_WHILE);
        strike.redis(redis -> redis.configSet(setting, good));
    }
}
