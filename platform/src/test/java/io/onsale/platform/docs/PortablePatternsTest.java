package io.onsale.platform.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PortablePatternsTest {

    @Test
    void theWholeTextIsMeant() {
        assertThat(PortablePatterns.portable("[a-z]{2}|x")).isEqualTo("^(?:[a-z]{2}|x)$");
        assertThat(PortablePatterns.portable("^[a-z]$")).isEqualTo("^[a-z]$");
    }

    @Test
    void javasOwnClassesAreSpelledOut() {
        Pattern oneLine = Pattern.compile(PortablePatterns.portable("\\P{Cntrl}*"));
        assertThat(oneLine.pattern()).doesNotContain("Cntrl");
        assertThat(oneLine.matcher("서울 1").find()).isTrue();
        assertThat(oneLine.matcher("a\u0000").find()).isFalse();
        Pattern lines = Pattern.compile(PortablePatterns.portable("[\\P{Cntrl}\\r\\n\\t]*"));
        assertThat(lines.matcher("a\n\tb").find()).isTrue();
        assertThat(lines.matcher("a\u0001").find()).isFalse();
        assertThat(PortablePatterns.portable("(?s).*\\S.*")).isEqualTo("^(?:[\\s\\S]*\\S[\\s\\S]*)$");
    }
}
