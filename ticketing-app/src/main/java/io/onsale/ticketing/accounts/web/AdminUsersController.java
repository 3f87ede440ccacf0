package io.onsale.ticketing.accounts.web;

import io.onsale.platform.Ids;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.accounts.signin.Profiles;
import io.onsale.ticketing.accounts.web.ProfileController.Profile;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What administrators may do with accounts. Roles are granted here and nowhere else. */
@RestController
@RequireRole(Role.ADMIN)
@RequestMapping("/api/v1/admin/users")
class AdminUsersController {
    private final Profiles profiles;

    AdminUsersController(Profiles profiles) {
        this.profiles = profiles;
    }

    @PutMapping("/{id}/role")
    Mono<Profile> changeRole(Caller caller, @PathVariable String id, @Valid @RequestBody RoleRequest request) {
        return profiles.changeRole(caller, Ids.uuid(id), request.role()).map(Profile::of);
    }

    @Schema(example = "{\"role\": \"SELLER\"}")
    record RoleRequest(@NotNull Role role) {}
}
