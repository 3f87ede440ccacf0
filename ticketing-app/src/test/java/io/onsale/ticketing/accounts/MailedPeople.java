package io.onsale.ticketing.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.TestSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the mail that the catcher got. */
final class MailedPeople {
    private static final Pattern TOKEN = Pattern.compile("#token=([\\w-]{43})\\s");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private MailedPeople() {}

    /** Everything that came to the address, newest first. */
    static List<Mail> mails(String address) {
        JsonNode body = TestSandbox.http()
                .get()
                .uri("/mails?to={to}", address)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        return body.path("items")
                .valueStream()
                .map(mail -> new Mail(
                        mail.path("id").asString(),
                        mail.path("subject").asString(),
                        mail.path("text").asString()))
                .toList();
    }

    /** The newest mail to the address that is as wanted, once it has come. */
    static Mail await(String address, Predicate<Mail> wanted) {
        return awaitCount(address, 1, wanted).get(0);
    }

    /** Exactly so many, once they have come. */
    static List<Mail> awaitCount(String address, int count, Predicate<Mail> wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        List<Mail> found = List.of();
        while (found.size() < count && Instant.now().isBefore(end)) {
            pause(Duration.ofMillis(100));
            found = mails(address).stream().filter(wanted).toList();
        }
        assertThat(found).as("mails").hasSize(count);
        return found;
    }

    /** Long enough for a mail to have come. */
    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    record Mail(String id, String subject, String text) {

        static Predicate<Mail> about(String subject) {
            return mail -> mail.subject().equals(subject);
        }

        /** What the link in it carries. */
        String token() {
            Matcher matcher = TOKEN.matcher(text);
            assertThat(matcher.find()).as(text).isTrue();
            return matcher.group(1);
        }
    }
}
