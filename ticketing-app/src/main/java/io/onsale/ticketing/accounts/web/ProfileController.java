package io.onsale.ticketing.accounts.web;

import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Page;
import io.onsale.ticketing.accounts.model.Account;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.postgres.Logins;
import io.onsale.ticketing.accounts.signin.Profiles;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** One's own account. */
@RestController
@RequestMapping("/api/v1/users/me")
class ProfileController {
    private final Profiles profiles;
    private final Logins logins;

    ProfileController(Profiles profiles, Logins logins) {
        this.profiles = profiles;
        this.logins = logins;
    }

    @GetMapping
    Mono<Profile> read(Caller caller) {
        return profiles.find(id(caller)).map(Profile::of);
    }

    @PutMapping
    Mono<Profile> replace(Caller caller, @Valid @RequestBody ReplaceRequest request) {
        return profiles.change(id(caller), request.name().strip(), Fields.phone(request.phone()))
                .map(Profile::of);
    }

    /** Changes what is there; an empty phone removes it. */
    @PatchMapping
    Mono<Profile> change(Caller caller, @Valid @RequestBody ChangeRequest request) {
        return profiles.find(id(caller))
                .flatMap(account -> profiles.change(
                        account.id(),
                        request.name() == null ? account.name() : request.name().strip(),
                        request.phone() == null ? account.phone() : Fields.phone(request.phone())))
                .map(Profile::of);
    }

    /** Leaves for good. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> withdraw(Caller caller) {
        return profiles.withdraw(caller);
    }

    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> changePassword(Caller caller, @Valid @RequestBody PasswordRequest request) {
        return profiles.find(id(caller))
                .map(account -> Fields.password(
                        "newPassword",
                        request.newPassword(),
                        Objects.requireNonNullElse(account.email(), new EmailAddress(""))))
                .flatMap(next -> profiles.changePassword(id(caller), request.currentPassword(), next));
    }

    @GetMapping("/logins")
    Mono<Page<Logins.Login>> logins(
            Caller caller,
            @RequestParam(defaultValue = "0") @Min(0) @Max(Page.MAX_PAGE) int page,
            @RequestParam(defaultValue = Page.DEFAULT_SIZE) @Min(1) @Max(Page.MAX_SIZE) int size) {
        return Mono.zip(
                logins.page(id(caller), page, size).collectList(),
                logins.count(id(caller)),
                (items, total) -> new Page<>(items, page, size, total));
    }

    private static UUID id(Caller caller) {
        return UUID.fromString(caller.userId());
    }

    @Schema(example = "{\"name\": \"Kim\", \"phone\": \"+821012345678\"}")
    record ReplaceRequest(
            @NotBlank @Size(max = 60) @Pattern(regexp = Fields.ONE_LINE)
            String name,

            @Nullable @Size(max = 30) String phone) {}

    @Schema(example = "{\"phone\": \"+821012345678\"}")
    record ChangeRequest(
            @Nullable @Size(min = 1, max = 60) @Pattern(regexp = ".*\\S.*") @Pattern(regexp = Fields.ONE_LINE)
            String name,

            @Nullable @Size(max = 30) String phone) {}

    @Schema(example = """
            {"currentPassword": "correct horse battery", "newPassword": "better battery, horse"}
            """)
    record PasswordRequest(
            @NotNull @Size(min = 1, max = 512) String currentPassword,
            @NotNull @Size(max = 512) String newPassword) {}

    /** An account as its owner and administrators see it. */
    record Profile(
            String id,
            @Nullable String email,
            String name,
            @Nullable String phone,
            Role role,
            boolean emailVerified,
            Instant createdAt,
            @Nullable Instant lastLoginAt) {

        static Profile of(Account account) {
            return new Profile(
                    account.id().toString(),
                    account.email() == null ? null : account.email().value(),
                    account.name(),
                    account.phone() == null ? null : account.phone().value(),
                    account.role(),
                    account.emailVerified(),
                    account.createdAt(),
                    account.lastLoginAt());
        }
    }
}
