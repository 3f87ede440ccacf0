package io.onsale.gateway.entry;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Finds the address a request really came from. Only proxies we configured are believed about it. */
final class TrustedProxies {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int MAX_HOPS = 20;

    private final List<Network> networks;

    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(Network::parse).toList();
    }

    boolean isTrusted(@Nullable InetSocketAddress remote) {
        return remote != null && remote.getAddress() != null && isTrusted(remote.getAddress());
    }

    /**
     * The peer, unless it is a proxy of ours: then the last address in {@code X-Forwarded-For} that is not. What a
     * client wrote further left is its own invention and is never looked at.
     */
    String clientAddress(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        if (remote == null || remote.getAddress() == null) {
            return "unknown";
        }
        InetAddress client = remote.getAddress();
        if (isTrusted(client)) {
            client = walkBack(client, request.getHeaders());
        }
        return client.getHostAddress();
    }

    private InetAddress walkBack(InetAddress peer, HttpHeaders headers) {
        List<String> lines = headers.getOrEmpty(FORWARDED_FOR);
        if (lines.isEmpty()) {
            return peer;
        }
        String[] hops = String.join(",", lines).split(",", -1);
        InetAddress client = peer;
        for (int i = hops.length - 1; i >= 0 && i >= hops.length - MAX_HOPS; i--) {
            // Parses literals only: a name is never looked up.
            InetAddress hop = NetUtil.createInetAddressFromIpAddressString(hops[i].trim());
            if (hop == null) {
                break;
            }
            client = hop;
            if (!isTrusted(hop)) {
                break;
            }
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** A network in CIDR notation, or a single address. */
    record Network(byte[] prefix, int bits) {

        static Network parse(String cidr) {
            int slash = cidr.indexOf('/');
            String literal = slash < 0 ? cidr : cidr.substring(0, slash);
            byte[] prefix = NetUtil.createByteArrayFromIpAddressString(literal.trim());
            if (prefix == null) {
                throw new IllegalArgumentException("onsale.gateway.trusted-proxies: no network: " + cidr);
            }
            int width = prefix.length * 8;
            int bits = slash < 0
                    ? width
                    : Integer.parseInt(cidr.substring(slash + 1).trim());
            if (bits < 0 || bits > width) {
                throw new IllegalArgumentException("onsale.gateway.trusted-proxies: no network: " + cidr);
            }
            return new Network(prefix, bits);
        }

        boolean contains(InetAddress address) {
            byte[] candidate = address.getAddress();
            if (candidate.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (candidate[i] != prefix[i]) {
                    return false;
                }
            }
            int rest = bits % 8;
            return rest == 0 || ((candidate[whole] ^ prefix[whole]) & 0xff) >>> (8 - rest) == 0;
        }
    }
}
