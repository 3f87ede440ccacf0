package io.onsale.gateway.resilience;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** The headers that speak to the next hop only and are never passed on (RFC 9110, section 7.6.1). */
record HopByHop(List<String> named) {
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    static HopByHop of(HttpHeaders headers) {
        return new HopByHop(headers.getConnection());
    }

    boolean covers(String lowerName) {
        if (ALWAYS.contains(lowerName)) {
            return true;
        }
        for (String option : named) {
            if (option.equalsIgnoreCase(lowerName)) {
                return true;
            }
        }
        return false;
    }
}
