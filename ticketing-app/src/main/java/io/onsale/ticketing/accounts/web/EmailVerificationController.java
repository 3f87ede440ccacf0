package io.onsale.ticketing.accounts.web;

import io.onsale.platform.tokens.Caller;
import io.onsale.platform.web.Open;
import io.onsale.ticketing.accounts.crypto.MailedToken;
import io.onsale.ticketing.accounts.signin.EmailVerification;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Is this address yours? A link is opened by a page that posts its token: programs that look at links in mail use none up. */
@RestController
@RequestMapping("/api/v1/auth/email-verification")
class EmailVerificationController {
    private final EmailVerification verification;

    EmailVerificationController(EmailVerification verification) {
        this.verification = verification;
    }

    /** Mails another link to one's own address. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Void> askAgain(Caller caller, ServerHttpRequest http) {
        return verification.askAgain(UUID.fromString(caller.userId()), Visits.language(http));
    }

    @Open
    @PostMapping("/confirm")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> confirm(@Valid @RequestBody ConfirmRequest request) {
        return verification.confirm(new MailedToken(request.token()));
    }

    @Schema(example = "{\"token\": \"bmljZSB0cnksIGJ1dCB0aGlzIGlzIG5vIHRva2VuISE\"}")
    record ConfirmRequest(
            @NotNull @Pattern(regexp = "[\\w-]{43}") String token) {}
}
