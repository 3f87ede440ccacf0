package io.onsale.ticketing.accounts.web;

import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Open;
import io.onsale.ticketing.accounts.crypto.RefreshToken;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Visit;
import io.onsale.ticketing.accounts.signin.Login;
import io.onsale.ticketing.accounts.signin.Registration;
import io.onsale.ticketing.accounts.signin.Sessions;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Signing up, logging in, staying logged in, logging out. */
@RestController
@RequestMapping("/api/v1/auth")
class AuthController {
    private final Registration registration;
    private final Login login;
    private final Sessions sessions;

    AuthController(Registration registration, Login login, Sessions sessions) {
        this.registration = registration;
        this.login = login;
        this.sessions = sessions;
    }

    @Open
    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Registered> register(@Valid @RequestBody RegisterRequest request, ServerHttpRequest http) {
        EmailAddress email = EmailAddress.of(request.email());
        return registration
                .register(
                        new Registration.Form(
                                email,
                                Fields.password("password", request.password(), email),
                                request.name().strip(),
                                Fields.phone(request.phone()),
                                request.termsVersion(),
                                request.captchaToken(),
                                request.identityVerificationId(),
                                Visits.language(http)),
                        Visits.of(http))
                .map(user -> new Registered(user.id().toString(), user.email().value(), user.name(), user.role()));
    }

    @Open
    @PostMapping("/login")
    Mono<ResponseEntity<TokenResponse>> login(@Valid @RequestBody LoginRequest request, ServerHttpRequest http) {
        return login.login(
                        EmailAddress.of(request.email()), request.password(), request.captchaToken(), Visits.of(http))
                .map(AuthController::answer);
    }

    @Open
    @PostMapping("/refresh")
    Mono<ResponseEntity<TokenResponse>> refresh(@Valid @RequestBody RefreshRequest request, ServerHttpRequest http) {
        Visit visit = Visits.of(http);
        return sessions.refresh(new RefreshToken(request.refreshToken()), visit).map(AuthController::answer);
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> logout(Caller caller, @Valid @RequestBody(required = false) @Nullable LogoutRequest request) {
        String token = request == null ? null : request.refreshToken();
        return sessions.close(caller, token == null ? null : new RefreshToken(token));
    }

    static ResponseEntity<TokenResponse> answer(Sessions.Tokens tokens) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new TokenResponse(tokens.accessToken(), tokens.refreshToken(), "Bearer", tokens.expiresIn()));
    }

    @Schema(example = """
                {"email": "kim@example.com",
                 "password": "correct horse battery",
                 "name": "Kim", "termsVersion": "2026-01"}
                """)
    record RegisterRequest(
            @NotNull @Email @Size(max = 254) String email,
            @NotNull @Size(max = 512) String password,

            @NotBlank @Size(max = 60) @Pattern(regexp = Fields.ONE_LINE)
            String name,

            @Nullable @Size(max = 30) String phone,
            @NotNull @Pattern(regexp = "[\\w.-]{1,32}") String termsVersion,
            @Nullable @Size(max = 4096) String captchaToken,

            @Nullable @Size(max = 200) @Pattern(regexp = "[\\w.-]+")
            String identityVerificationId) {}

    record Registered(String id, String email, String name, Role role) {}

    @Schema(example = "{\"email\": \"kim@example.com\", \"password\": \"correct horse battery\"}")
    record LoginRequest(
            @NotNull @Email @Size(max = 254) String email,
            @NotNull @Size(min = 1, max = 512) String password,
            @Nullable @Size(max = 4096) String captchaToken) {}

    @Schema(example = "{\"refreshToken\": \"bmljZSB0cnksIGJ1dCB0aGlzIGlzIG5vIHRva2VuISE\"}")
    record RefreshRequest(
            @NotNull @Pattern(regexp = "[\\w-]{43}") String refreshToken) {}

    @Schema(example = "{\"refreshToken\": \"bmljZSB0cnksIGJ1dCB0aGlzIGlzIG5vIHRva2VuISE\"}")
    record LogoutRequest(
            @Nullable @Pattern(regexp = "[\\w-]{43}") String refreshToken) {}

    /** What a login gives. */
    record TokenResponse(String accessToken, String refreshToken, String tokenType, long expiresIn) {}
}
