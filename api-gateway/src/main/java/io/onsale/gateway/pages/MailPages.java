package io.onsale.gateway.pages;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * What {@code <shop>/verify-email#token=…} and {@code <shop>/reset-password#token=…} lead to: small pages in Korean and English that
 * post the token once somebody presses a button. The token is in the fragment, so no server and no log sees it on the way, and the
 * page takes it out of the address before anything else.
 */
@Configuration(proxyBeanMethods = false)
class MailPages {
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final MediaType SCRIPT = new MediaType("text", "javascript", StandardCharsets.UTF_8);
    private static final MediaType STYLE = new MediaType("text", "css", StandardCharsets.UTF_8);
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    RouterFunction<ServerResponse> mailPageRoutes() {
        return RouterFunctions.route()
                .GET("/verify-email", request -> page("verify-email.html"))
                .GET("/reset-password", request -> page("reset-password.html"))
                .GET("/pages/mail.js", request -> file(SCRIPT, "mail.js"))
                .GET("/pages/mail.css", request -> file(STYLE, "mail.css"))
                .build();
    }

    private static Mono<ServerResponse> page(String name) {
        return ServerResponse.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .header("X-Robots-Tag", "noindex")
                .bodyValue(new ClassPathResource("pages/" + name));
    }

    private static Mono<ServerResponse> file(MediaType type, String name) {
        return ServerResponse.ok()
                .contentType(type)
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .bodyValue(new ClassPathResource("pages/" + name));
    }
}
