package io.onsale.local.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the identity providers remember between two calls: codes, tokens and verifications. In memory, each with an end. */
final class People<T> {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();
    private final Duration life;

    People(Duration life) {
        this.life = life;
    }

    /** Keeps a value under a key nobody can guess. */
    String add(T value) {
        byte[] key = new byte[24];
        RANDOM.nextBytes(key);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        put(name, value);
        return name;
    }

    void put(String key, T value) {
        entries.values().removeIf(Entry::isOver);
        entries.put(key, new Entry<>(value, Instant.now().plus(life)));
    }

    /** The value; null when there is none or its time is over. */
    @Nullable
    T get(String key) {
        Entry<T> entry = entries.get(key);
        return entry == null || entry.isOver() ? null : entry.value();
    }

    /** The value, for the last time. */
    @Nullable
    T take(String key) {
        Entry<T> entry = entries.remove(key);
        return entry == null || entry.isOver() ? null : entry.value();
    }

    /** A number or code that is always the same for the same words. */
    static byte[] digest(String words) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Entry<T>(T value, Instant end) {

        boolean isOver() {
            return Instant.now().isAfter(end);
        }
    }
}
