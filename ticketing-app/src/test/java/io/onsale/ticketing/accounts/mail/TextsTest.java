package io.onsale.ticketing.accounts.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.accounts.crypto.MailedToken;
import io.onsale.ticketing.accounts.mail.Texts.Written;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.Letter;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final MailSettings SETTINGS = new MailSettings(
            "onsale <no-reply@onsale.example>",
            URI.create("https://shop.example/"),
            DAY,
            Duration.ofMinutes(30),
            Duration.ofSeconds(1),
            1,
            1,
            DAY,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            DAY,
            DAY);

    private static final String BOOKING =
            "{\"title\": \"밤 {link}\", \"venue\": \"올림픽홀\", \"startsAt\": \"2026-03-01T10:00:00Z\", \"tickets\": [\"7KXM-4QPT-2H6\"]}"
                    .replace("{link}", "$1");

    @ParameterizedTest
    @EnumSource(Letter.class)
    void everyLetterIsThereInBothLanguages(Letter letter) {
        MailedToken token = letter.hasLink() ? MailedToken.random() : null;
        String details = letter.name().startsWith("BOOKING") ? BOOKING : null;
        Written korean = new Texts(SETTINGS).write(letter, Language.KO, token, details);
        Written english = new Texts(SETTINGS).write(letter, Language.EN, token, details);

        assertThat(korean.subject()).containsPattern("[가-힣]");
        if (details == null) {
            assertThat(english.subject()).doesNotContainPattern("[가-힣]");
        }
        for (Written written : new Written[] {korean, english}) {
            assertThat(written.text()).contains("onsale").doesNotContain("{", "}");
            if (token != null) {
                assertThat(written.text()).contains("https://shop.example/").contains("#token=" + token.value() + "\n");
                assertThat(written.toString() + token).doesNotContain(token.value());
            }
        }
    }

    @Test
    void aBookingIsToldWithItsTicketsAndItsTimeInSeoul() {
        Written korean = new Texts(SETTINGS).write(Letter.BOOKING_CONFIRMED, Language.KO, null, BOOKING);
        assertThat(korean.subject()).isEqualTo("예매가 완료되었습니다: 밤 $1");
        assertThat(korean.text()).contains("2026년 3월 1일 (일) 19:00", "올림픽홀", "7KXM-4QPT-2H6");
        Written english = new Texts(SETTINGS).write(Letter.BOOKING_CANCELLED, Language.EN, null, BOOKING);
        assertThat(english.text()).contains("1 of your tickets", "Sunday, 1 March 2026, 19:00 (Seoul)");
    }

    @Test
    void whatATitleLooksLikeIsNeverFilledIn() {
        String sly = BOOKING.replace("$1", "{shop}{link}");
        Written written = new Texts(SETTINGS).write(Letter.BOOKING_CONFIRMED, Language.EN, null, sly);
        assertThat(written.subject()).endsWith("밤 {shop}{link}");
    }

    @Test
    void attemptsGetRarerUpToALimit() {
        assertThat(SETTINGS.delayAfter(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(SETTINGS.delayAfter(3)).isEqualTo(Duration.ofSeconds(20));
        assertThat(SETTINGS.delayAfter(1000)).isEqualTo(Duration.ofMinutes(5));
    }
}
