package io.onsale.ticketing.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.accounts.DemoAccounts;
import io.onsale.local.stores.TestStores;
import io.onsale.ticketing.TicketingTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The accounts that the local stack writes past this module open its doors: both sides agree on the rows. */
class DemoAccountsTest extends TicketingTest {

    @TempDir
    Path directory;

    @Autowired
    private AccountsProperties settings;

    @Test
    void eachLogsInWithThePasswordOfTheFileAndItsRole() throws Exception {
        Path credentials = directory.resolve("credentials.json");
        ensure(credentials);
        ensure(credentials); // a second start changes nothing

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)))
                .isEqualTo("rw-------");
        JsonNode accounts = JsonMapper.shared().readTree(credentials.toFile());
        assertThat(accounts.propertyNames()).containsExactly("admin", "seller", "staff", "buyer");
        accounts.properties().forEach(account -> logIn(account.getKey(), account.getValue()));
    }

    private void ensure(Path credentials) throws Exception {
        try (Connection connection = TestStores.postgres().appConnection()) {
            new DemoAccounts(settings.piiKey(), settings.piiIndexKey()).ensure(credentials, connection);
        }
    }

    private void logIn(String name, JsonNode account) {
        String token = http.post()
                .uri("/api/v1/auth/login")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of(
                        "email", account.path("email").asString(),
                        "password", account.path("password").asString()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .path("accessToken")
                .asString();
        http.get()
                .uri("/api/v1/users/me")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.email")
                .isEqualTo(account.path("email").asString())
                .jsonPath("$.role")
                .isEqualTo(name.toUpperCase(Locale.ROOT));
    }
}
