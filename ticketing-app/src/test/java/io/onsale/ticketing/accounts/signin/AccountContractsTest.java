package io.onsale.ticketing.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.tokens.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the accounts say on {@code user.events} is what the golden files say. */
class AccountContractsTest {
    private static final String ID = "01980000-0000-7000-8000-000000000005";

    @Test
    void everyEventIsAsItsGoldenFile() throws IOException {
        assertIsGolden(new AccountEvents.UserRegistered(ID, Role.BUYER));
        assertIsGolden(new AccountEvents.UserWithdrawn(ID));
        assertIsGolden(new AccountEvents.UserRoleChanged(ID, Role.SELLER));
    }

    private static void assertIsGolden(Object payload) throws IOException {
        Envelope envelope = Envelope.of("e", ID, 1, Instant.EPOCH, payload);
        Path golden = Path.of("../docs/contracts/user.events", envelope.eventType() + ".json");
        assertThat(JsonMapper.shared().readTree(envelope.payload().toString()))
                .isEqualTo(JsonMapper.shared().readTree(Files.readString(golden)));
    }
}
