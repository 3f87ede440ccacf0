package io.onsale.gateway.entry;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names requests: as a proxy of ours did, else anew. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private final TrustedProxies proxies;

    RequestIds(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** @param given the id that the request came with */
    String of(@Nullable InetSocketAddress remote, @Nullable String given) {
        return given != null && ACCEPTABLE.matcher(given).matches() && proxies.isTrusted(remote) ? given : random();
    }

    /** Unique enough to find a line in a log; nothing depends on nobody guessing it. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}
