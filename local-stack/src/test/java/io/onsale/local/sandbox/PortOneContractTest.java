package io.onsale.local.sandbox;

import static io.onsale.local.sandbox.SandboxClient.newId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onsale.local.sandbox.SandboxClient.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PortOne's public OpenAPI document (V2, 1.16.0) and its guide say, asked of the sandbox. */
class PortOneContractTest {

    /** {@code required} of ReadyPayment; PaidPayment adds channel, paidAt and disputes. */
    private static final List<String> REQUIRED_ALWAYS = List.of(
            "status",
            "id",
            "transactionId",
            "merchantId",
            "storeId",
            "version",
            "requestedAt",
            "updatedAt",
            "statusChangedAt",
            "orderName",
            "amount",
            "currency",
            "customer",
            "origin");

    private static final List<String> REQUIRED_AMOUNT =
            List.of("total", "taxFree", "discount", "paid", "cancelled", "cancelledTaxFree");

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
    void registersShowsAndCapturesAPayment() {
        String id = newId();
        assertThat(client.preRegister(id, 154_000)).satisfies(reply -> {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("{}");
        });
        assertThat(client.payment(id).type()).isEqualTo("PAYMENT_NOT_FOUND");

        assertThat(client.get("/checkout/" + id, "Accept", "text/html").text())
                .contains("154,000", "승인", "Approve", "Decline");
        ObjectNode ready = client.payment(id).body();
        assertRequired(ready, REQUIRED_ALWAYS);
        assertThat(ready.path("status").asText()).isEqualTo("READY");
        assertThat(ready.path("amount").path("paid").asLong()).isZero();

        Reply approved = client.press("/checkout/" + id + "/approve");
        assertThat(approved.body().path("paymentId").asText()).isEqualTo(id);
        assertThat(approved.body().path("transactionType").asText()).isEqualTo("PAYMENT");
        ObjectNode paid = client.payment(id).body();
        assertRequired(paid, REQUIRED_ALWAYS);
        assertRequired(paid, List.of("channel", "paidAt", "disputes"));
        assertRequired((ObjectNode) paid.path("amount"), REQUIRED_AMOUNT);
        assertThat(paid.path("status").asText()).isEqualTo("PAID");
        assertThat(paid.path("amount").path("total").asLong()).isEqualTo(154_000);
        assertThat(paid.path("amount").path("paid").asLong()).isEqualTo(154_000);
        assertThat(paid.path("transactionId")).isEqualTo(approved.body().path("txId"));

        assertThat(client.preRegister(id, 1).type()).isEqualTo("ALREADY_PAID");
        assertThat(client.press("/checkout/" + id + "/approve").status()).isEqualTo(409);
    }

    @Test
    void refusesACheckoutOfAnotherAmountThanRegistered() {
        String id = newId();
        client.preRegister(id, 154_000);
        Reply refused = client.press("/checkout/" + id + "/approve?totalAmount=1000");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(client.payment(id).status()).isEqualTo(404);
    }

    @Test
    void aDeclinedPaymentIsFailedAndMayBeTriedAgainWithANewTransaction() {
        String id = newId();
        client.preRegister(id, 10_000);
        Reply declined = client.press("/checkout/" + id + "/decline");
        assertThat(declined.body().path("code").asText()).isNotEmpty();
        ObjectNode failed = client.payment(id).body();
        assertThat(failed.path("status").asText()).isEqualTo("FAILED");
        assertRequired(failed, List.of("failedAt", "failure"));
        client.press("/checkout/" + id + "/approve");
        ObjectNode paid = client.payment(id).body();
        assertThat(paid.path("status").asText()).isEqualTo("PAID");
        assertThat(paid.path("transactionId")).isNotEqualTo(failed.path("transactionId"));
    }

    @Test
    void cancelsInPartsUntilNothingIsLeft() {
        String id = newId();
        client.paid(id, 10_000);
        Reply first =
                client.cancel(id, "{\"amount\":3000,\"reason\":\"one ticket\",\"currentCancellableAmount\":10000}");
        assertThat(first.status()).isEqualTo(200);
        assertRequired(
                (ObjectNode) first.body().path("cancellation"),
                List.of("status", "id", "totalAmount", "taxFreeAmount", "vatAmount", "reason", "requestedAt"));
        assertThat(first.body().path("cancellation").path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(client.payment(id).body().path("status").asText()).isEqualTo("PARTIAL_CANCELLED");

        assertThat(client.cancel(id, "{\"reason\":\"the rest\"}")
                        .body()
                        .path("cancellation")
                        .path("totalAmount")
                        .asLong())
                .isEqualTo(7_000);
        ObjectNode cancelled = client.payment(id).body();
        assertThat(cancelled.path("status").asText()).isEqualTo("CANCELLED");
        assertThat(cancelled.path("cancellations")).hasSize(2);
        assertThat(cancelled.path("amount").path("cancelled").asLong()).isEqualTo(10_000);
        assertThat(client.cancel(id, "{\"reason\":\"again\"}").type()).isEqualTo("PAYMENT_ALREADY_CANCELLED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amount\":1}                                                  | 400 | INVALID_REQUEST",
                "{\"amount\":-1,\"reason\":\"r\"}                                | 400 | INVALID_REQUEST",
                "{\"amount\":1.5,\"reason\":\"r\"}                               | 400 | INVALID_REQUEST",
                "[1]                                                             | 400 | INVALID_REQUEST",
                "{\"reason\":\"r\",\"requester\":\"NOBODY\"}                     | 400 | INVALID_REQUEST",
                "{\"reason\":\"r\",\"storeId\":\"store-of-another\"}             | 403 | FORBIDDEN",
                "{\"amount\":10001,\"reason\":\"r\"}                             | 409 | CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT",
                "{\"amount\":1000,\"reason\":\"r\",\"currentCancellableAmount\":9999} | 409 | CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN",
                "{\"amount\":1000,\"taxFreeAmount\":900,\"vatAmount\":200,\"reason\":\"r\"} | 409 | SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT",
                "{\"amount\":1000,\"taxFreeAmount\":500,\"reason\":\"r\"}        | 409 | CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT",
            })
    void refusesACancelWithTheDocumentedType(String body, int status, String type) {
        String id = newId();
        client.paid(id, 10_000);
        Reply reply = client.cancel(id, body);
        assertThat(reply.type()).isEqualTo(type);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(client.payment(id).body().path("amount").path("cancelled").asLong())
                .isZero();
    }

    @Test
    void knowsWhatWasNeverPaid() {
        String id = newId();
        assertThat(client.cancel(id, "{\"reason\":\"r\"}").type()).isEqualTo("PAYMENT_NOT_FOUND");
        client.preRegister(id, 10_000);
        client.get("/checkout/" + id);
        assertThat(client.cancel(id, "{\"reason\":\"r\"}").type()).isEqualTo("PAYMENT_NOT_PAID");
    }

    @Test
    void letsInWithTheSecretOrAnAccessTokenOnly() {
        String id = newId();
        client.paid(id, 10_000);
        assertThat(client.get("/payments/" + id).status()).isEqualTo(401);
        assertThat(client.get("/payments/" + id, "Authorization", "PortOne wrong")
                        .type())
                .isEqualTo("UNAUTHORIZED");
        assertThat(client.post("/login/api-secret", "{\"apiSecret\":\"wrong\"}").status())
                .isEqualTo(401);

        ObjectNode tokens = client.post("/login/api-secret", "{\"apiSecret\":\"" + SandboxProcess.API_SECRET + "\"}")
                .body();
        assertThat(client.get(
                                "/payments/" + id,
                                "Authorization",
                                "Bearer " + tokens.path("accessToken").asText())
                        .status())
                .isEqualTo(200);
        String refresh = "{\"refreshToken\":\"" + tokens.path("refreshToken").asText() + "\"}";
        assertThat(client.post("/token/refresh", refresh)
                        .body()
                        .path("accessToken")
                        .asText())
                .isNotEqualTo(tokens.path("accessToken").asText());
        assertThat(client.post("/token/refresh", refresh).status())
                .as("a refresh ends the refresh token before it")
                .isEqualTo(401);
    }

    @Test
    void answersAnIdempotencyKeyOnce() {
        String id = newId();
        client.paid(id, 10_000);
        String key = "\"refund-" + id + "\"";
        Reply first = client.cancel(id, "{\"amount\":1000,\"reason\":\"r\"}", "Idempotency-Key", key);
        Reply second = client.cancel(id, "{\"amount\":1000,\"reason\":\"r\"}", "Idempotency-Key", key);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(client.payment(id).body().path("amount").path("cancelled").asLong())
                .isEqualTo(1_000);
        assertThat(client.cancel(id, "{\"amount\":1000,\"reason\":\"r\"}", "Idempotency-Key", "\"short\"")
                        .type())
                .isEqualTo("INVALID_REQUEST");
    }

    private static void assertRequired(ObjectNode node, List<String> fields) {
        assertThat(fields)
                .allSatisfy(field -> assertThat(node.has(field)).as(field).isTrue());
    }
}
