package io.onsale.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaveLineTest {
    private final LineLab line = new LineLab();

    @Test
    void takesAPlaceOutOfEverythingAtOnce() {
        line.join("a");
        assertThat(line.leave("a")).isTrue();
        assertThat(line.place("a").kind()).isEqualTo(Place.Kind.NONE);
        for (int key : new int[] {1, 2, 3, 6}) {
            assertThat(LineLab.REDIS
                            .run(command -> command.exists(line.keys[key]))
                            .block())
                    .isZero();
        }
        assertThat(line.leave("a")).isFalse();
    }

    @Test
    void givesALivePassAndItsSlotBack() {
        line.join("a");
        line.tick();
        line.tickFor(500, 100);
        assertThat(line.leave("a")).isTrue();
        assertThat(line.tick().active()).isZero();
        assertThat(line.join("a").place().kind()).isEqualTo(Place.Kind.WAITING);
    }

    @Test
    void aReplayOfTheSameRequestDoesNotTakeANewPlace() {
        line.join("a");
        line.leave("a", "request");
        line.join("a");
        assertThat(line.leave("a", "request")).isFalse();
        assertThat(line.place("a").kind()).isEqualTo(Place.Kind.WAITING);
    }

    /** Whoever was not answered asks again: only then it can be told to everybody that an old token is void. */
    @Test
    void askedAgainItIsStillKnownThatTheAccountLeft() {
        line.join("a");
        assertThat(line.run("leave_line.lua", "a", "one").get(0)).isEqualTo(1L);
        assertThat(line.run("leave_line.lua", "a", "two").get(0)).isEqualTo(2L);
        assertThat(line.run("leave_line.lua", "stranger", "three").get(0)).isEqualTo(0L);
    }
}
