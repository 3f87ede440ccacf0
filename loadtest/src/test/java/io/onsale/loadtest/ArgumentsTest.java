package io.onsale.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void readsBothForms() {
        Arguments arguments = Arguments.parse(List.of("P1", "--buyers", "20", "--share=0.5", "--repair"));
        assertThat(arguments.words()).containsExactly("P1");
        assertThat(arguments.number("buyers", 1, 1, 100)).isEqualTo(20);
        assertThat(arguments.share("share", 0)).isEqualTo(0.5);
        assertThat(arguments.flag("repair")).isTrue();
        arguments.refuseUnknown();
    }

    @Test
    void namesWhatIsWrong() {
        Arguments arguments = Arguments.parse(List.of("--buyers", "many", "--colour", "red"));
        assertThatThrownBy(() -> arguments.number("buyers", 1, 1, 100))
                .isInstanceOf(Complaint.class)
                .hasMessage("--buyers must be a whole number from 1 to 100, not many");
        assertThatThrownBy(arguments::refuseUnknown)
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("--colour");
    }
}
