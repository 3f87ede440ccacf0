package io.onsale.ticketing.accounts.model;

import static io.onsale.ticketing.accounts.model.RefreshRule.Decision.REFUSE;
import static io.onsale.ticketing.accounts.model.RefreshRule.Decision.REPEAT;
import static io.onsale.ticketing.accounts.model.RefreshRule.Decision.REVOKE;
import static io.onsale.ticketing.accounts.model.RefreshRule.Decision.ROTATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.accounts.model.RefreshRule.Presented;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefreshRuleTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] LAPTOP = {1};
    private static final byte[] PHONE = {2};

    private final RefreshRule rule = new RefreshRule(Duration.ofDays(7), Duration.ofSeconds(10));

    @Test
    void anUnusedTokenRotatesUntilItsEnd() {
        Presented token = new Presented(NOON, null, false, LAPTOP);
        assertThat(rule.decide(token, PHONE, NOON.plus(Duration.ofDays(7)).minusMillis(1)))
                .isEqualTo(ROTATE);
        assertThat(rule.decide(token, LAPTOP, NOON.plus(Duration.ofDays(7)))).isEqualTo(REFUSE);
    }

    @Test
    void aUsedTokenIsRepeatedForItsDeviceWithinTenSeconds() {
        Presented token = new Presented(NOON, NOON.plusSeconds(60), false, LAPTOP);
        assertThat(rule.decide(token, LAPTOP, NOON.plusSeconds(69))).isEqualTo(REPEAT);
        assertThat(rule.decide(token, LAPTOP, NOON.plusSeconds(70))).isEqualTo(REVOKE);
        assertThat(rule.decide(token, PHONE, NOON.plusSeconds(61))).isEqualTo(REVOKE);
    }

    @Test
    void anEndedFamilyIsRefusedWhateverTheToken() {
        assertThat(rule.decide(new Presented(NOON, null, true, LAPTOP), LAPTOP, NOON))
                .isEqualTo(REFUSE);
        assertThat(rule.decide(new Presented(NOON, NOON, true, LAPTOP), PHONE, NOON))
                .isEqualTo(REFUSE);
    }
}
