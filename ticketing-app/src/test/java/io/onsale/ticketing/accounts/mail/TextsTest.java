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

    @ParameterizedTest
    @EnumSource(Letter.class)
    void everyLetterIsThereInBothLanguages(Letter letter) {
        MailedToken token = letter.hasLink() ? MailedToken.random() : null;
        Written korean = new Texts(SETTINGS).write(letter, Language.KO, token);
        Written english = new Texts(SETTINGS).write(letter, Language.EN, token);

        assertThat(korean.subject()).containsPattern("[가-힣]");
        assertThat(english.subject()).doesNotContainPattern("[가-힣]");
        for (Written written : new Written[] {korean, english}) {
            assertThat(written.text()).contains("onsale").doesNotContain("{", "}");
            if (token != null) {
                assertThat(written.text()).contains("https://shop.example/").contains("#token=" + token.value() + "\n");
                assertThat(written.toString() + token).doesNotContain(token.value());
            }
        }
    }

    @Test
    void attemptsGetRarerUpToALimit() {
        assertThat(SETTINGS.delayAfter(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(SETTINGS.delayAfter(3)).isEqualTo(Duration.ofSeconds(20));
        assertThat(SETTINGS.delayAfter(1000)).isEqualTo(Duration.ofMinutes(5));
    }
}
