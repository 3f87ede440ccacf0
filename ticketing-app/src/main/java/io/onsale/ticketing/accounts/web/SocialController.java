package io.onsale.ticketing.accounts.web;

import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.platform.web.Open;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.signin.SocialLogin;
import io.onsale.ticketing.accounts.web.AuthController.TokenResponse;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** Log-in with an account elsewhere: out to the provider, back with a code, and the code against tokens. */
@RestController
@Open
@RequestMapping("/api/v1/auth/oauth2")
class SocialController {
    private static final String COOKIE = "onsale_oauth2";
    private static final String PATH = "/api";

    private final SocialLogin social;

    SocialController(SocialLogin social) {
        this.social = social;
    }

    @GetMapping("/{provider}")
    @ApiResponse(responseCode = "302", description = "To the provider", content = @Content)
    ResponseEntity<Void> start(@PathVariable String provider, ServerHttpRequest http) {
        SocialLogin.Start start = social.start(provider);
        return redirect(start.location(), cookie(start.cookie(), SocialLogin.PATIENCE, http));
    }

    /** Always ends at the configured page: with {@code code}, or with {@code error} = the problem's code. */
    @GetMapping("/{provider}/callback")
    @ApiResponse(responseCode = "302", description = "To the configured page", content = @Content)
    Mono<ResponseEntity<Void>> callback(
            @PathVariable String provider,
            @RequestParam(defaultValue = "") @Size(max = 2000) String code,
            @RequestParam(defaultValue = "") @Size(max = 200) String state,
            @CookieValue(name = COOKIE, defaultValue = "") String cookie,
            ServerHttpRequest http) {
        Mono<String> completed = code.isEmpty()
                ? Mono.error(Problem.of(AccountsProblem.SOCIAL_DENIED).asException())
                : social.complete(provider, code, state, cookie, Visits.language(http));
        return completed
                .map(oneTimeCode -> page("code", oneTimeCode))
                .onErrorResume(
                        ProblemException.class,
                        e -> Mono.just(page("error", e.problem().code().name())))
                .map(page -> redirect(page, cookie("", Duration.ZERO, http)));
    }

    @PostMapping("/token")
    Mono<ResponseEntity<TokenResponse>> swap(@Valid @RequestBody CodeRequest request, ServerHttpRequest http) {
        return social.swap(request.code(), Visits.of(http)).map(AuthController::answer);
    }

    private URI page(String name, String value) {
        return UriComponentsBuilder.fromUri(social.returnUrl())
                .queryParam(name, value)
                .build()
                .toUri();
    }

    private static ResponseEntity<Void> redirect(URI location, ResponseCookie cookie) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(location)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .build();
    }

    /** Lax, since the provider sends the browser back by a link from another site. */
    private static ResponseCookie cookie(String value, Duration life, ServerHttpRequest http) {
        return ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .secure("https".equals(http.getURI().getScheme()))
                .sameSite("Lax")
                .path(PATH)
                .maxAge(life)
                .build();
    }

    @Schema(example = "{\"code\": \"bmljZSB0cnksIGJ1dCB0aGlzIGlzIG5vIHRva2VuISE\"}")
    record CodeRequest(
            @NotNull @Pattern(regexp = "[\\w-]{43}") String code) {}
}
