package io.onsale.queue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The order of a draw, worked out from its published values alone. */
final class DrawnOrder {

    private DrawnOrder() {}

    static List<String> of(String seedHex, Collection<String> entries) {
        return entries.stream()
                .sorted((a, b) -> value(seedHex, a).compareTo(value(seedHex, b)))
                .toList();
    }

    private static String value(String seedHex, String entry) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(seedHex), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(entry.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
