package io.onsale.loadtest.sweep;

import static io.onsale.loadtest.sweep.Attacker.post;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Reports of payments (Standard Webhooks) that nobody sent, or that are not what was sent. */
final class WebhookAttacks {
    private final Attacker attacker;
    private final String secret;
    private final String body;

    /** @param secret with which true reports are signed: only so is it seen what else is looked at */
    WebhookAttacks(Attacker attacker, String secret, String paymentId) {
        this.attacker = attacker;
        this.secret = secret;
        this.body = "{\"type\": \"Transaction.Paid\", \"data\": {\"paymentId\": \"" + paymentId + "\"}}";
    }

    void run() {
        long now = Instant.now().getEpochSecond();
        long anHourAgo = now - 3_600;
        String made = "v1," + Base64.getEncoder().encodeToString("no signature".getBytes(StandardCharsets.UTF_8));
        refused("a report of a payment without a signature", report("msg_1", now, "", body));
        refused("a report of a payment with a bad signature", report("msg_2", now, made, body));
        String good = signature("msg_3", now, body);
        refused(
                "a report of a payment whose body was changed",
                report("msg_3", now, good, body.replace("Transaction.Paid", "Transaction.Cancelled")));
        refused("a report of a payment under another id", report("msg_4", now, good, body));
        refused("a report of a payment under another time", report("msg_3", now - 1, good, body));
        refused("an old report of a payment", report("msg_5", anHourAgo, signature("msg_5", anHourAgo, body), body));
        Answer first = attacker.send(report("msg_3", now, good, body));
        attacker.check("(the true report is taken)", first.status() == 200, first);
        Answer again = attacker.send(report("msg_3", now, good, body));
        attacker.check("(and once more, for nothing)", again.status() == 200, again);
    }

    private void refused(String name, Call call) {
        attacker.attack(name, call, 401, "WEBHOOK_REFUSED");
    }

    private static Call report(String id, long second, String signature, String body) {
        return post("/payments/webhooks/portone", "", body)
                .with("webhook-id", id)
                .with("webhook-timestamp", Long.toString(second))
                .with("webhook-signature", signature);
    }

    private String signature(String id, long second, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
            byte[] code = mac.doFinal((id + "." + second + "." + signed).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
