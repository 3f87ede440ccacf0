package io.onsale.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onsale.local.sandbox.SandboxClient.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** KakaoPay's online payment, new host and old, asked of the sandbox. */
class KakaoPayContractTest {

    private static SandboxProcess sandbox;
    private static SandboxClient client;
    private final String orderId = "order-" + UUID.randomUUID();

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
    void takesMoneyOnApproveAndGivesItBackInParts() {
        ObjectNode ready = call("ready", ready()).body();
        String tid = ready.path("tid").asText();
        assertThat(tid).hasSize(20);
        assertThat(ready.path("created_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
        assertThat(status(tid)).isEqualTo("READY");
        assertThat(code(call("approve", approve(tid, "guess")))).isEqualTo(-701);

        String path = URI.create(ready.path("next_redirect_pc_url").asText()).getPath();
        assertThat(client.get(path, "Accept", "text/html").text()).contains("11,000", "KakaoPay");
        ObjectNode pressed = client.press(path + "/approve").body();
        String pgToken = pressed.path("pg_token").asText();
        assertThat(pressed.path("redirect_url").asText()).isEqualTo("http://shop/ok?pg_token=" + pgToken);
        assertThat(ledger(tid).path("captured").asLong())
                .as("authenticated is not charged")
                .isZero();

        assertThat(code(call("approve", approve(tid, "guess")))).isEqualTo(-708);
        assertThat(code(call("approve", with(approve(tid, pgToken), "partner_order_id", "other"))))
                .isEqualTo(-706);
        assertThat(code(call("approve", with(approve(tid, pgToken), "partner_user_id", "other"))))
                .isEqualTo(-707);
        ObjectNode approved = call("approve", approve(tid, pgToken)).body();
        assertThat(approved.path("amount").path("total").asLong()).isEqualTo(11_000);
        assertThat(approved.path("amount").path("vat").asLong()).isEqualTo(1_000);
        assertThat(approved.path("aid").asText()).isNotEmpty();
        assertThat(approved.has("approved_at")).isTrue();
        assertThat(code(call("approve", approve(tid, pgToken)))).isEqualTo(-702);
        assertThat(status(tid)).isEqualTo("SUCCESS_PAYMENT");

        ObjectNode part = call("cancel", cancel(tid, 1_000)).body();
        assertThat(part.path("status").asText()).isEqualTo("PART_CANCEL_PAYMENT");
        assertThat(part.path("cancel_available_amount").path("total").asLong()).isEqualTo(10_000);
        assertThat(code(call("cancel", cancel(tid, 10_001)))).isEqualTo(-710);
        assertThat(call("cancel", with(cancel(tid, 10_000), "payload", "the rest"))
                        .body()
                        .path("canceled_amount")
                        .path("total")
                        .asLong())
                .isEqualTo(11_000);
        assertThat(status(tid)).isEqualTo("CANCEL_PAYMENT");
        assertThat(code(call("cancel", cancel(tid, 1)))).isEqualTo(-784);
        var actions = call("order", Map.of("cid", SandboxProcess.CID, "tid", tid))
                .body()
                .path("payment_action_details");
        assertThat(actions.path(1).has("payload")).isFalse();
        assertThat(actions.path(2).path("payload").asText()).isEqualTo("the rest");
        assertThat(ledger(tid).path("refunded").asLong()).isEqualTo(11_000);
    }

    @Test
    void aBuyerMayDeclineOrQuit() {
        String declined = call("ready", ready()).body().path("tid").asText();
        assertThat(client.press("/kakaopay/" + declined + "/decline")
                        .body()
                        .path("redirect_url")
                        .asText())
                .isEqualTo("http://shop/fail");
        assertThat(status(declined)).isEqualTo("FAIL_PAYMENT");
        String quit = call("ready", ready()).body().path("tid").asText();
        assertThat(client.press("/kakaopay/" + quit + "/cancel")
                        .body()
                        .path("redirect_url")
                        .asText())
                .isEqualTo("http://shop/cancel");
        assertThat(status(quit)).isEqualTo("QUIT_PAYMENT");
    }

    @Test
    void theOldHostSpeaksFormsAndItsOwnErrors() {
        Reply ready = old("ready", ready(), "KakaoAK " + SandboxProcess.KAKAOPAY_SECRET_KEY);
        assertThat(ready.status()).isEqualTo(200);
        Reply wrongKey = old("ready", ready(), "KakaoAK wrong");
        assertThat(wrongKey.status()).isEqualTo(401);
        Reply refused = old(
                "order", Map.of("cid", "TC0ONETIME", "tid", "none"), "KakaoAK " + SandboxProcess.KAKAOPAY_SECRET_KEY);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("code").asInt()).isEqualTo(-721);
        assertThat(refused.body().has("msg")).isTrue();
    }

    @Test
    void refusesWhatIsMissingOrForeign() {
        assertThat(client.post("/online/v1/payment/ready", "{}").status()).isEqualTo(401);
        assertThat(code(call("ready", with(ready(), "cid", "OTHER")))).isEqualTo(-731);
        assertThat(call("ready", with(ready(), "total_amount", "-5")).status()).isEqualTo(400);
        assertThat(code(call("order", Map.of("cid", "TC0ONETIME", "tid", "none"))))
                .isEqualTo(-721);
    }

    @Test
    void aScriptedRefusalCarriesTheMethodsReason() {
        client.fault("{\"kind\":\"DECLINED\",\"operation\":\"kakaopay.approve\",\"paymentId\":\"" + orderId + "\"}");
        String tid = call("ready", ready()).body().path("tid").asText();
        String pgToken = client.press("/kakaopay/" + tid + "/approve")
                .body()
                .path("pg_token")
                .asText();
        Reply refused = call("approve", approve(tid, pgToken));
        assertThat(code(refused)).isEqualTo(-780);
        assertThat(refused.body().path("extras").has("method_result_code")).isTrue();
    }

    private Map<String, String> ready() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("cid", SandboxProcess.CID);
        fields.put("partner_order_id", orderId);
        fields.put("partner_user_id", "user-1");
        fields.put("item_name", "콘서트 R석 2매");
        fields.put("quantity", "2");
        fields.put("total_amount", "11000");
        fields.put("tax_free_amount", "0");
        fields.put("approval_url", "http://shop/ok");
        fields.put("cancel_url", "http://shop/cancel");
        fields.put("fail_url", "http://shop/fail");
        return fields;
    }

    private Map<String, String> approve(String tid, String pgToken) {
        return Map.of(
                "cid",
                SandboxProcess.CID,
                "tid",
                tid,
                "partner_order_id",
                orderId,
                "partner_user_id",
                "user-1",
                "pg_token",
                pgToken);
    }

    private static Map<String, String> cancel(String tid, long amount) {
        return Map.of(
                "cid",
                SandboxProcess.CID,
                "tid",
                tid,
                "cancel_amount",
                Long.toString(amount),
                "cancel_tax_free_amount",
                "0");
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private static Reply call(String operation, Map<String, String> fields) {
        ObjectNode body = Json.object();
        fields.forEach(body::put);
        return client.post(
                "/online/v1/payment/" + operation,
                Json.text(body),
                "Authorization",
                "SECRET_KEY " + SandboxProcess.KAKAOPAY_SECRET_KEY,
                "Content-Type",
                "application/json");
    }

    private static Reply old(String operation, Map<String, String> fields, String authorization) {
        return client.post(
                "/v1/payment/" + operation,
                SandboxClient.form(fields),
                "Authorization",
                authorization,
                "Content-Type",
                "application/x-www-form-urlencoded;charset=utf-8");
    }

    private static String status(String tid) {
        return call("order", Map.of("cid", SandboxProcess.CID, "tid", tid))
                .body()
                .path("status")
                .asText();
    }

    private static int code(Reply reply) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().has("error_message")).isTrue();
        return reply.body().path("error_code").asInt();
    }

    private static ObjectNode ledger(String tid) {
        return (ObjectNode)
                client.get("/ledger?paymentId=" + tid).body().path("payments").path(0);
    }
}
