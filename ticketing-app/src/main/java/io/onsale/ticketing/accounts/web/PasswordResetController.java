package io.onsale.ticketing.accounts.web;

import io.onsale.platform.web.Open;
import io.onsale.ticketing.accounts.crypto.MailedToken;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.signin.PasswordReset;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** For who forgot the password: by a mailed link, or by the identity the account was made with. */
@RestController
@Open
@RequestMapping("/api/v1/auth/password-reset")
class PasswordResetController {
    private final PasswordReset reset;

    PasswordResetController(PasswordReset reset) {
        this.reset = reset;
    }

    /** The same answer whether or not the address has an account. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Void> ask(@Valid @RequestBody AskRequest request, ServerHttpRequest http) {
        return reset.ask(
                EmailAddress.of(request.email()), request.captchaToken(), Visits.language(http), Visits.of(http));
    }

    /** A password that is refused does not use the link up. */
    @PostMapping("/confirm")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> byLink(@Valid @RequestBody LinkRequest request) {
        MailedToken token = new MailedToken(request.token());
        return reset.owner(token)
                .map(account -> Fields.password(
                        "newPassword",
                        request.newPassword(),
                        Objects.requireNonNullElse(account.email(), new EmailAddress(""))))
                .flatMap(next -> reset.byLink(token, next));
    }

    @PostMapping("/identity")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> byIdentity(@Valid @RequestBody IdentityRequest request) {
        EmailAddress email = EmailAddress.of(request.email());
        return reset.byIdentity(
                email, request.identityVerificationId(), Fields.password("newPassword", request.newPassword(), email));
    }

    @Schema(example = "{\"email\": \"kim@example.com\"}")
    record AskRequest(
            @NotNull @Email @Size(max = 254) String email,
            @Nullable @Size(max = 4096) String captchaToken) {}

    @Schema(example = """
            {"token": "bmljZSB0cnksIGJ1dCB0aGlzIGlzIG5vIHRva2VuISE",
             "newPassword": "correct horse battery"}
            """)
    record LinkRequest(
            @NotNull @Pattern(regexp = "[\\w-]{43}") String token,
            @NotNull @Size(max = 512) String newPassword) {}

    @Schema(example = """
            {"email": "kim@example.com", "identityVerificationId": "identity-verification-7",
             "newPassword": "correct horse battery"}
            """)
    record IdentityRequest(
            @NotNull @Email @Size(max = 254) String email,

            @NotNull @Size(max = 200) @Pattern(regexp = "[\\w.-]+")
            String identityVerificationId,

            @NotNull @Size(max = 512) String newPassword) {}
}
