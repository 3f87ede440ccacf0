package io.onsale.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SweepSilentTest {
    private final LineLab line = new LineLab();

    @Test
    void takesOutWhoWasSilentAndKeepsWhoWasHeard() {
        line.join("silent");
        line.join("heard");
        passWithSweeps(line.silenceMillis / 2);
        assertThat(line.renew("heard", "stranger")).isEqualTo(1);
        passWithSweeps(line.silenceMillis / 2 + 10_000);
        assertThat(line.inOrder()).containsExactly("heard");
        assertThat(line.place("silent").kind()).isEqualTo(Place.Kind.NONE);
        assertThat(line.tick().expired()).isEqualTo(1);
    }

    @Test
    void timeInWhichNobodySweptIsNobodysSilence() {
        line.join("a");
        line.sweep();
        line.now += 10 * line.silenceMillis;
        assertThat(line.sweep()).isZero();
        assertThat(line.inOrder()).containsExactly("a");
        passWithSweeps(line.silenceMillis + 10_000);
        assertThat(line.inOrder()).isEmpty();
    }

    @Test
    void whoHasAPassIsNotSwept() {
        line.join("a");
        line.tick();
        line.tickFor(500, 100);
        passWithSweeps(line.silenceMillis + 10_000);
        assertThat(line.place("a").grant()).isNotNull();
    }

    @Test
    void endedGrantsAreForgottenAfterAWhile() {
        line.join("a");
        line.tick();
        line.tickFor(500, 100);
        line.now += line.passMillis + 3_700_000;
        line.sweep();
        assertThat(line.place("a").kind()).isEqualTo(Place.Kind.NONE);
    }

    private void passWithSweeps(long millis) {
        for (long passed = 0; passed < millis; passed += 5_000) {
            line.now += 5_000;
            line.sweep();
        }
    }
}
