package io.onsale.queue.draw;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The order of a draw: ascending HMAC-SHA256 of each entry number (decimal, ASCII) under the key seed | beacon, compared
 * as unsigned bytes. Nothing but the seed, the beacon and the entry list decides it, so anybody who has them can check.
 */
final class FairOrder {
    /** What the API calls this algorithm. */
    static final String ALGORITHM = "HMAC-SHA256(seed|beacon, entry) ascending, v1";

    private final byte[] key;

    /**
     * @param beacon a public value that nobody could know when the entry list was closed; empty without one
     */
    FairOrder(byte[] seed, String beacon) {
        byte[] tail = beacon.getBytes(StandardCharsets.UTF_8);
        key = Arrays.copyOf(seed, seed.length + tail.length);
        System.arraycopy(tail, 0, key, seed.length, tail.length);
    }

    /** The entries, first to last. */
    List<Long> of(Collection<Long> entries) {
        Mac mac = mac(key);
        record Drawn(long entry, byte[] value) {}
        List<Drawn> drawn = new ArrayList<>(entries.size());
        for (long entry : entries) {
            drawn.add(new Drawn(entry, mac.doFinal(Long.toString(entry).getBytes(StandardCharsets.US_ASCII))));
        }
        drawn.sort(Comparator.comparing(Drawn::value, Arrays::compareUnsigned).thenComparing(Drawn::entry));
        return drawn.stream().map(Drawn::entry).toList();
    }

    /** What is published when the pre-queue opens: it binds the seed without showing it. */
    static String commitment(byte[] seed) {
        return HexFormat.of().formatHex(sha256().digest(seed));
    }

    /** What is published when the entry list closes: SHA-256 of the entry numbers, ascending, each followed by a line feed. */
    static String listHash(Collection<Long> entries) {
        MessageDigest digest = sha256();
        entries.stream()
                .sorted()
                .forEach(entry -> digest.update((Long.toString(entry) + '\n').getBytes(StandardCharsets.US_ASCII)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
