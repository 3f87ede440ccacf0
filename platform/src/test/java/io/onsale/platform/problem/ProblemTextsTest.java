package io.onsale.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ko | ko",
                "ko-KR,ko;q=0.9,en;q=0.8 | ko",
                "ko; | ko",
                "en-GB,ko;q=0.5 | en",
                "fr,ko;q=0.1 | ko",
                "fr | en",
                "* | en"
            })
    void theLanguageThatTheCallerLikesBetterIsChosen(String header, String language) {
        assertThat(ProblemTexts.choose(header)).isEqualTo(Locale.forLanguageTag(language));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "-", "--", "en,--", "ko;q=x", ";", ",", "\u0000", "한국어"})
    void whatCannotBeReadIsEnglish(String header) {
        assertThat(ProblemTexts.choose(header)).isEqualTo(Locale.ENGLISH);
    }
}
