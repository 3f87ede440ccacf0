package io.onsale.local.sandbox;

import static io.onsale.local.sandbox.SandboxClient.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.sandbox.SandboxClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PortOne V2's identity verification as its reference says, asked of the sandbox. */
class IdentityContractTest {
    private static final String REQUEST = """
            {"channelKey": "channel-key-onsale-local", "operator": "SKT", "method": "SMS",
             "customer": {"name": "이영희", "phoneNumber": "01098765432", "identityNumber": "950505", "ipAddress": "192.0.2.1"}}
            """;

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

    private static Reply ask(String id, String what, String body) {
        return client.portOne("POST", "/identity-verifications/" + id + "/" + what, body);
    }

    private static Reply read(String id) {
        return client.portOne("GET", "/identity-verifications/" + id, "");
    }

    @Test
    void aOneTimePasswordIsSentAndConfirmed() {
        String id = newId();
        assertThat(ask(id, "send", REQUEST).status()).isEqualTo(200);
        assertThat(read(id).body().path("status").asText()).isEqualTo("READY");
        assertThat(ask(id, "resend", "").status()).isEqualTo(200);
        assertThat(ask(id, "confirm", "{\"otp\": \"123456\"}").type()).isEqualTo("PG_PROVIDER");
        assertThat(ask(id, "confirm", "{\"otp\": \"000000\"}").status()).isEqualTo(200);
        var customer = read(id).body().path("verifiedCustomer");
        assertThat(read(id).body().path("status").asText()).isEqualTo("VERIFIED");
        assertThat(customer.path("name").asText()).isEqualTo("이영희");
        assertThat(customer.path("ci").asText()).hasSize(88);
        assertThat(ask(id, "send", REQUEST).type()).isEqualTo("IDENTITY_VERIFICATION_ALREADY_VERIFIED");
    }

    @Test
    void whatIsMissingOrUnknownIsRefused() {
        String id = newId();
        assertThat(ask(id, "send", "{}").type()).isEqualTo("INVALID_REQUEST");
        assertThat(ask(id, "send", REQUEST.replace("SKT", "AT&T")).type()).isEqualTo("INVALID_REQUEST");
        assertThat(ask(id, "confirm", "{\"otp\": \"000000\"}").type()).isEqualTo("IDENTITY_VERIFICATION_NOT_FOUND");
        assertThat(read(id).status()).isEqualTo(404);
        assertThat(client.get("/identity-verifications/" + id).status()).isEqualTo(401);
    }

    @Test
    void theSamePersonHasTheSameCiHoweverVerified() {
        String first = newId();
        String second = newId();
        for (String id : new String[] {first, second}) {
            ask(id, "send", REQUEST);
            ask(id, "confirm", "{\"otp\": \"000000\"}");
        }
        assertThat(read(first).body().at("/verifiedCustomer/ci").asText())
                .isEqualTo(read(second).body().at("/verifiedCustomer/ci").asText());
    }
}
