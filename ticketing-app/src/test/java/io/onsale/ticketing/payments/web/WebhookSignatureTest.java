package io.onsale.ticketing.payments.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the example of the Standard Webhooks specification. */
class WebhookSignatureTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String GOOD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant THEN = Instant.ofEpochSecond(1614265330);

    private final WebhookSignature signatures = new WebhookSignature(List.of("whsec_b2xkIHNlY3JldA==", SECRET));

    @Test
    void theSpecificationsExampleIsGood() {
        assertThat(signatures.isGood(ID, TIMESTAMP, GOOD, BODY, THEN)).isTrue();
        assertThat(signatures.isGood(ID, TIMESTAMP, "v1,AAAA " + GOOD, BODY, THEN))
                .isTrue();
    }

    @Test
    void anythingChangedIsNot() {
        byte[] other = "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8);
        assertThat(signatures.isGood(ID, TIMESTAMP, GOOD, other, THEN)).isFalse();
        assertThat(signatures.isGood(ID + "x", TIMESTAMP, GOOD, BODY, THEN)).isFalse();
        assertThat(signatures.isGood(ID, "1614265331", GOOD, BODY, THEN)).isFalse();
        assertThat(signatures.isGood(ID, TIMESTAMP, "", BODY, THEN)).isFalse();
        assertThat(signatures.isGood("", "", "", new byte[0], THEN)).isFalse();
        assertThat(signatures.isGood(ID, "now", GOOD, BODY, THEN)).isFalse();
    }

    @Test
    void fiveMinutesIsTheWindowBothWays() {
        assertThat(signatures.isGood(ID, TIMESTAMP, GOOD, BODY, THEN.plusSeconds(300)))
                .isTrue();
        assertThat(signatures.isGood(ID, TIMESTAMP, GOOD, BODY, THEN.plusSeconds(301)))
                .isFalse();
        assertThat(signatures.isGood(ID, TIMESTAMP, GOOD, BODY, THEN.minusSeconds(301)))
                .isFalse();
    }

    @Test
    void aSecretThatIsNotOursSignsNothing() {
        WebhookSignature others = new WebhookSignature(List.of("whsec_b2xkIHNlY3JldA=="));
        assertThat(others.isGood(ID, TIMESTAMP, GOOD, BODY, THEN)).isFalse();
    }
}
