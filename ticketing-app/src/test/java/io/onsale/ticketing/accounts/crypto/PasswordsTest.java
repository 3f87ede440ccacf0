package io.onsale.ticketing.accounts.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.accounts.AccountsProperties;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class PasswordsTest {

    @Test
    void theDecoyIsBuiltLikeAnyHash() {
        var settings = new AccountsProperties.Passwords(19456, 2, 1, 2, 100);
        var argon2 = new Argon2PasswordEncoder(16, 32, 1, 19456, 2);

        String decoy = Passwords.decoy(settings);

        assertThat(shape(decoy)).isEqualTo(shape(Objects.requireNonNull(argon2.encode("anything"))));
        assertThat(argon2.upgradeEncoding(decoy)).isFalse();
        assertThat(argon2.matches("anything", decoy)).isFalse();
        assertThat(decoy).isNotEqualTo(Passwords.decoy(settings));
    }

    /** Its parameters, and how long salt and hash are. */
    private static String shape(String hash) {
        int parameters = hash.lastIndexOf('$', hash.lastIndexOf('$') - 1);
        return hash.substring(0, parameters) + hash.substring(parameters).replaceAll("[A-Za-z0-9+/]", "x");
    }
}
