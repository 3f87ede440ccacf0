package io.onsale.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a program mails to the local stack, a developer reads in the browser or as JSON. */
class MailCatcherTest {

    private static SandboxProcess sandbox;
    private static SandboxClient client;

    private final String address = UUID.randomUUID() + "@example.com";

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
    void showsWhatWasSentToAnAddressNewestFirst() throws MessagingException {
        send(address, "첫 번째", "안녕하세요\nhttp://shop.example/#token=abc");
        send(address, "Second", "Hello");
        send("x" + address, "Not yours", "Hello");

        JsonNode mails = client.get("/mails?to=" + address).body().path("items");
        assertThat(mails).hasSize(2);
        assertThat(mails.path(0).path("subject").asText()).isEqualTo("Second");
        assertThat(mails.path(1).path("subject").asText()).isEqualTo("첫 번째");
        assertThat(mails.path(1).path("to").asText()).isEqualTo(address);
        assertThat(mails.path(1).path("from").asText()).contains("shop@example.com");
        assertThat(mails.path(1).path("text").asText()).isEqualTo("안녕하세요\nhttp://shop.example/#token=abc");
    }

    @Test
    void thePageShowsTextAsTextAndLinksAsLinks() throws MessagingException {
        send(address, "<b>bold</b>", "<script>alert(1)</script> http://shop.example/?a=1&b=2");

        String page = client.get("/mails?to=" + address, "Accept", "text/html").text();
        assertThat(page)
                .contains("&lt;b&gt;bold", "&lt;script&gt;")
                .doesNotContain("<script>")
                .contains("<a href=\"http://shop.example/?a=1&amp;b=2\">");
    }

    @Test
    void aRestartForgetsTheMailAndKeepsThePort() throws MessagingException {
        int port = sandbox.smtpPort();
        sandbox.kill();
        assertThatThrownBy(() -> send(address, "Nobody", "there")).isInstanceOf(MessagingException.class);
        sandbox.restart();
        assertThat(sandbox.smtpPort()).isEqualTo(port);
        send(address, "Back", "again");
        assertThat(client.get("/mails?to=" + address).body().path("items")).hasSize(1);
    }

    private static void send(String to, String subject, String text) throws MessagingException {
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.host", "127.0.0.1");
        settings.setProperty("mail.smtp.port", Integer.toString(sandbox.smtpPort()));
        settings.setProperty("mail.smtp.timeout", "5000");
        MimeMessage message = new MimeMessage(Session.getInstance(settings));
        message.setFrom("shop@example.com");
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        Transport.send(message);
    }
}
