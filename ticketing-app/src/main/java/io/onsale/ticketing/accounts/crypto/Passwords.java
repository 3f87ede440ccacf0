package io.onsale.ticketing.accounts.crypto;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.accounts.AccountsProperties;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Argon2id hashes, computed beside the event loops on a few threads. When too many wait, the rest is refused with
 * {@code UNAVAILABLE} at once: a storm of logins must not starve the sale.
 */
@Component
public final class Passwords implements DisposableBean {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Argon2PasswordEncoder argon2;
    private final Scheduler threads;
    private final String decoy;

    Passwords(AccountsProperties properties) {
        var settings = properties.passwords();
        this.argon2 = new Argon2PasswordEncoder(
                SALT_BYTES, HASH_BYTES, settings.parallelism(), settings.memoryKib(), settings.iterations());
        this.threads = Schedulers.newBoundedElastic(
                settings.concurrency(), Math.max(1, settings.waiting() / settings.concurrency()), "argon2", 60, true);
        this.decoy = decoy(settings);
    }

    /** Looks like a hash and costs the same to compare with, but is random: made without the price of a hash. */
    static String decoy(AccountsProperties.Passwords settings) {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        settings.memoryKib(),
                        settings.iterations(),
                        settings.parallelism(),
                        randomText(SALT_BYTES),
                        randomText(HASH_BYTES));
    }

    private static String randomText(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().withoutPadding().encodeToString(random);
    }

    /** Hashes a password with a new salt. */
    public Mono<String> hash(String password) {
        return onThreads(() -> encode(password));
    }

    /** Compares; with no hash it takes the same time and says no, so that nobody learns which accounts exist. */
    public Mono<Match> match(String password, @Nullable String hash) {
        return onThreads(() -> {
            boolean same = argon2.matches(password, hash == null ? decoy : hash) && hash != null;
            return new Match(same, same && argon2.upgradeEncoding(hash));
        });
    }

    /**
     * The outcome of a comparison.
     *
     * @param outdated the hash was made with other parameters than today's: hash again
     */
    public record Match(boolean same, boolean outdated) {}

    @Override
    public void destroy() {
        threads.dispose();
    }

    private String encode(String password) {
        String hash = argon2.encode(password);
        if (hash == null) {
            throw new IllegalStateException("no hash");
        }
        return hash;
    }

    private <T> Mono<T> onThreads(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(threads)
                .onErrorMap(
                        RejectedExecutionException.class,
                        full -> Problem.of(CommonProblem.UNAVAILABLE)
                                .retryAfter(RETRY_AFTER)
                                .asException());
    }
}
