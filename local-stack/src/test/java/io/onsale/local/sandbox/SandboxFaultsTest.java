package io.onsale.local.sandbox;

import static io.onsale.local.sandbox.SandboxClient.newId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onsale.local.sandbox.SandboxClient.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The provider misbehaves as scripted, and its own books stay right, also over a crash. */
class SandboxFaultsTest {

    private static SandboxProcess sandbox;
    private static SandboxClient client;

    @BeforeAll
    static void start() {
        sandbox = SandboxProcess.start("http://localhost:9/nobody");
        client = new SandboxClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void forgetsNothingWhenItIsKilled() {
        String id = newId();
        client.paid(id, 10_000);
        String key = "\"refund-" + id + "\"";
        Reply refunded = client.cancel(id, "{\"amount\":4000,\"reason\":\"r\"}", "Idempotency-Key", key);
        ObjectNode before = client.get("/ledger").body();
        sandbox.kill();
        sandbox.restart();
        assertThat(client.get("/ledger").body()).isEqualTo(before);
        Reply replayed = client.cancel(id, "{\"amount\":4000,\"reason\":\"r\"}", "Idempotency-Key", key);
        assertThat(replayed.text()).isEqualTo(refunded.text());
        ObjectNode ledger = client.get("/ledger?paymentId=" + id).body();
        assertThat(ledger.path("capturedAmount").asLong()).isEqualTo(10_000);
        assertThat(ledger.path("refundedAmount").asLong()).isEqualTo(4_000);
    }

    @Test
    void tellsHowLongItWasAtACall() {
        String id = newId();
        client.paid(id, 10_000);
        client.fault("{\"kind\":\"SLOW\",\"operation\":\"portone.get\",\"paymentId\":\"%s\",\"delayMillis\":300}"
                .formatted(id));
        client.payment(id);
        ObjectNode times = client.get("/times?operation=portone.get").body();
        assertThat(times.path("calls")).anySatisfy(call -> {
            assertThat(call.path("paymentId").asText()).isEqualTo(id);
            assertThat(call.path("micros").asLong()).isBetween(300_000L, 9_000_000L);
        });
    }

    @Test
    void refundsButDoesNotSaySo() {
        String id = newId();
        client.paid(id, 10_000);
        client.fault(
                "{\"kind\":\"TIMEOUT_AFTER\",\"operation\":\"portone.cancel\",\"paymentId\":\"%s\"}".formatted(id));
        String key = "\"refund-" + id + "\"";
        Reply lost = new SandboxClient(sandbox)
                .patience(Duration.ofMillis(500))
                .cancel(id, "{\"reason\":\"r\"}", "Idempotency-Key", key);
        assertThat(lost.status()).isZero();
        assertThat(client.payment(id).body().path("status").asText()).isEqualTo("CANCELLED");
        assertThat(client.cancel(id, "{\"reason\":\"r\"}", "Idempotency-Key", key)
                        .status())
                .as("the same key finds the answer")
                .isEqualTo(200);
    }

    @Test
    void failsWithAndWithoutHavingDoneIt() {
        String id = newId();
        client.paid(id, 10_000);
        client.fault("{\"kind\":\"ERROR_500\",\"operation\":\"portone.cancel\",\"paymentId\":\"%s\"}".formatted(id));
        assertThat(client.cancel(id, "{\"reason\":\"r\"}").status()).isEqualTo(500);
        assertThat(client.payment(id).body().path("status").asText()).isEqualTo("PAID");
        client.fault("{\"kind\":\"DROP_AFTER\",\"operation\":\"portone.cancel\",\"paymentId\":\"%s\"}".formatted(id));
        assertThat(client.cancel(id, "{\"reason\":\"r\"}").status()).isZero();
        assertThat(client.payment(id).body().path("status").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void theBankDeclines() {
        String id = newId();
        client.fault("{\"kind\":\"DECLINED\",\"operation\":\"portone.checkout\",\"paymentId\":\"%s\"}".formatted(id));
        client.paid(id, 10_000);
        assertThat(client.payment(id).body().path("status").asText()).isEqualTo("FAILED");
        client.press("/checkout/" + id + "/approve");
        client.fault("{\"kind\":\"DECLINED\",\"operation\":\"portone.cancel\",\"paymentId\":\"%s\"}".formatted(id));
        Reply refused = client.cancel(id, "{\"reason\":\"r\"}");
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.body().has("pgCode")).isTrue();
        assertThat(refused.body().has("pgMessage")).isTrue();
    }

    @Test
    void aKeyInFlightIsOutstanding() {
        String id = newId();
        client.paid(id, 10_000);
        client.fault("{\"kind\":\"SLOW\",\"operation\":\"portone.cancel\",\"paymentId\":\"%s\",\"delayMillis\":1500}"
                .formatted(id));
        String key = "\"refund-" + id + "\"";
        CompletableFuture<Reply> first =
                CompletableFuture.supplyAsync(() -> client.cancel(id, "{\"reason\":\"r\"}", "Idempotency-Key", key));
        CompletableFuture<Reply> second =
                CompletableFuture.supplyAsync(() -> client.cancel(id, "{\"reason\":\"r\"}", "Idempotency-Key", key));
        assertThat(Stream.of(first.join(), second.join()).map(reply -> reply.status() + reply.type()))
                .containsExactlyInAnyOrder("200", "409IDEMPOTENCY_OUTSTANDING_REQUEST");
    }

    @Test
    void refusesAFaultItDoesNotKnow() {
        assertThat(client.fault("{\"kind\":\"EXPLODE\"}").status()).isEqualTo(400);
        assertThat(client.fault("{\"kind\":\"SLOW\",\"operation\":\"nothing\"}").status())
                .isEqualTo(400);
    }
}
