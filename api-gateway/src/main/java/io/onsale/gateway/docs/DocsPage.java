package io.onsale.gateway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A page to browse and try the API: Swagger UI from its own jar, nothing from elsewhere. */
@Configuration(proxyBeanMethods = false)
class DocsPage {
    private static final String ASSETS = "classpath*:META-INF/resources/webjars/swagger-ui/*/";
    private static final MediaType SCRIPT = MediaType.valueOf("text/javascript");
    /** Swagger UI writes style attributes; scripts come from files only. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    @Bean
    RouterFunction<ServerResponse> docsRoutes() {
        // Found once: looking through jars is not for event loops.
        Resource style = asset("swagger-ui.css");
        Resource script = asset("swagger-ui-bundle.js");
        return RouterFunctions.route()
                .GET(
                        "/docs",
                        request -> ServerResponse.permanentRedirect(URI.create("/docs/"))
                                .build())
                .GET("/docs/", request -> page())
                .GET("/docs/start.js", request -> file(SCRIPT, new ClassPathResource("docs/start.js")))
                .GET("/docs/swagger-ui.css", request -> file(MediaType.valueOf("text/css"), style))
                .GET("/docs/swagger-ui-bundle.js", request -> file(SCRIPT, script))
                .build();
    }

    private static Mono<ServerResponse> page() {
        return ServerResponse.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", POLICY)
                .bodyValue(new ClassPathResource("docs/index.html"));
    }

    private static Mono<ServerResponse> file(MediaType type, Resource resource) {
        return ServerResponse.ok()
                .contentType(type)
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .bodyValue(resource);
    }

    private static Resource asset(String name) {
        try {
            return new PathMatchingResourcePatternResolver().getResources(ASSETS + name)[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
