package io.onsale.local.sandbox;

import static io.onsale.local.sandbox.SandboxClient.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.sandbox.WebhookCatcher.Caught;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PortOne's webhook guide (version 2024-04-25) and Standard Webhooks, asked of the sandbox. */
class WebhookContractTest {

    private static WebhookCatcher catcher;
    private static SandboxProcess sandbox;
    private static SandboxClient client;

    @BeforeAll
    static void start() throws IOException {
        catcher = new WebhookCatcher();
        sandbox = SandboxProcess.start(catcher.url());
        client = new SandboxClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        catcher.close();
    }

    @Test
    void tellsOfEachStepSigned() throws Exception {
        String id = newId();
        client.paid(id, 10_000);
        catcher.await(id, 2);
        client.cancel(id, "{\"amount\":1000,\"reason\":\"r\"}");
        catcher.await(id, 3);
        client.cancel(id, "{\"reason\":\"r\",\"skipWebhook\":true}");
        List<Caught> caught = catcher.await(id, 3);
        assertThat(caught)
                .extracting(Caught::type)
                .containsExactlyInAnyOrder("Transaction.Ready", "Transaction.Paid", "Transaction.PartialCancelled");
        assertThat(caught).allSatisfy(webhook -> {
            assertThat(webhook.signature()).isEqualTo(signature(webhook));
            assertThat(webhook.timestamp()).isBetween(now() - 60, now() + 60);
            assertThat(webhook.json().path("data").path("storeId").asText()).isEqualTo(SandboxProcess.STORE_ID);
            assertThat(webhook.json().path("data").path("transactionId").asText())
                    .isNotEmpty();
        });
        Caught cancelled = caught.stream()
                .filter(webhook -> webhook.type().contains("Cancelled"))
                .findFirst()
                .orElseThrow();
        assertThat(cancelled.json().path("data").path("cancellationId").asText())
                .isNotEmpty();
    }

    /** At the console a person cancels, and the merchant's server hears of it afterwards. */
    @Test
    void tellsOfMoneyGivenBackByHand() throws Exception {
        String id = newId();
        client.paid(id, 10_000);
        catcher.await(id, 2);
        assertThat(client.post("/console/payments/" + id + "/cancel", "{\"amount\":4000}")
                        .status())
                .isEqualTo(200);
        Caught told = catcher.await(id, 3).stream()
                .filter(webhook -> webhook.type().equals("Transaction.PartialCancelled"))
                .findFirst()
                .orElseThrow();
        var cancellation = client.payment(id).body().path("cancellations").get(0);
        assertThat(cancellation.path("trigger").asText()).isEqualTo("CONSOLE");
        assertThat(cancellation.path("totalAmount").asLong()).isEqualTo(4_000);
        assertThat(told.json().path("data").path("cancellationId").asText())
                .isEqualTo(cancellation.path("id").asText());
        assertThat(client.post("/console/payments/" + id + "/cancel", "{\"amount\":6001}")
                        .status())
                .isEqualTo(400);
        client.post("/console/payments/" + id + "/cancel", "{}");
        assertThat(client.payment(id).body().path("status").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void comesAgainAfterAFailureWithTheSameIdAndBody() throws Exception {
        String id = newId();
        client.preRegister(id, 10_000);
        catcher.refuseNext(id, 4);
        client.press("/checkout/" + id + "/decline");
        List<Caught> caught = catcher.await(id, 6);
        assertThat(caught).hasSizeGreaterThanOrEqualTo(6);
        assertThat(new HashSet<>(caught.stream().map(Caught::id).toList())).hasSize(2);
        assertThat(new HashSet<>(caught.stream().map(Caught::body).toList())).hasSize(2);
    }

    @Test
    void survivesACrashBetweenThePaymentAndItsWebhook() throws Exception {
        String id = newId();
        client.preRegister(id, 10_000);
        catcher.refuseNext(id, 2);
        client.press("/checkout/" + id + "/approve");
        sandbox.kill();
        int before = catcher.of(id).size();
        sandbox.restart();
        assertThat(catcher.await(id, before + 2)).extracting(Caught::type).contains("Transaction.Paid");
    }

    @Test
    void obeysTheScriptedFaults() throws Exception {
        String never = newId();
        client.fault("{\"kind\":\"WEBHOOK_NEVER\",\"paymentId\":\"" + never + "\",\"times\":-1}");
        String ten = newId();
        client.preRegister(ten, 10_000);
        client.get("/checkout/" + ten);
        catcher.await(ten, 1);
        client.fault("{\"kind\":\"WEBHOOK_REPEAT\",\"paymentId\":\"" + ten + "\"}");
        String forged = newId();
        client.fault("{\"kind\":\"WEBHOOK_BAD_SIGNATURE\",\"paymentId\":\"" + forged + "\",\"times\":2}");
        String early = newId();
        client.fault("{\"kind\":\"WEBHOOK_EARLY\",\"paymentId\":\"" + early + "\",\"times\":2}");

        client.paid(never, 1_000);
        client.paid(forged, 1_000);
        client.press("/checkout/" + ten + "/approve");
        client.paid(early, 1_000);
        assertThat(catcher.of(early)).as("answered only after the webhook").isNotEmpty();
        assertThat(catcher.await(ten, 11).stream().skip(1))
                .hasSize(10)
                .allSatisfy(webhook -> assertThat(webhook.type()).isEqualTo("Transaction.Paid"));
        assertThat(catcher.await(forged, 2))
                .allSatisfy(webhook -> assertThat(webhook.signature()).isNotEqualTo(signature(webhook)));
        assertThat(catcher.of(never)).isEmpty();
    }

    /** Written from the Standard Webhooks text, on purpose not with the sandbox's own code. */
    private static String signature(Caught webhook) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Base64.getDecoder().decode(SandboxProcess.WEBHOOK_SECRET.replace("whsec_", ""));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signed = webhook.id() + "." + webhook.timestamp() + "." + webhook.body();
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }
}
