package io.onsale.ticketing.accounts.web;

import io.onsale.platform.problem.ProblemTexts;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.Visit;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Reads from a request where it comes from and what its sender understands. */
final class Visits {

    private Visits() {}

    static Visit of(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        String ip = remote == null || remote.getAddress() == null
                ? ""
                : remote.getAddress().getHostAddress();
        String agent = Objects.requireNonNullElse(request.getHeaders().getFirst(HttpHeaders.USER_AGENT), "");
        return new Visit(ip, agent);
    }

    /** The language to write in, by {@code Accept-Language}. */
    static Language language(ServerHttpRequest request) {
        return Language.of(ProblemTexts.choose(request.getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE)));
    }
}
