package io.onsale.queue.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.queue.waiting.LineLab;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmitWaitingTest {
    private final LineLab line = new LineLab();

    @Test
    void admitsInOrderAtExactlyTheRate() {
        List<String> people = join(100);
        line.tick();
        assertThat(line.tickFor(5_000, 70)).hasSize(50).isEqualTo(people.subList(0, 50));
    }

    @Test
    void manyTickersTogetherAdmitTheRateAndNoMore() {
        join(100);
        line.tick();
        int admitted = 0;
        for (int second = 0; second < 5; second++) {
            for (int each = 0; each < 200; each++) {
                line.now += 5;
                admitted +=
                        line.tick().admitted().size() + line.tick().admitted().size();
            }
        }
        assertThat(admitted).isEqualTo(50);
    }

    /** An instance that has just started and has not read what operators decided. */
    @Test
    void aTickerThatKnowsNothingYetTakesNothingFromThoseWhoDo() {
        line.rate = 200;
        line.burst = 200;
        join(1_200);
        line.tick();
        int admitted = 0;
        for (int tick = 0; tick < 100; tick++) {
            line.now += 25;
            line.unknowing = true;
            line.tick();
            line.now += 25;
            line.unknowing = false;
            admitted += line.tick().admitted().size();
        }
        assertThat(admitted).isEqualTo(1_000);
    }

    @Test
    void aTickerThatKnowsNothingYetAdmitsNobody() {
        join(20);
        line.tick();
        line.unknowing = true;
        assertThat(line.tickFor(1_000, 100)).isEmpty();
        line.unknowing = false;
        assertThat(line.tickFor(100, 100)).as("what accrued is still there").hasSizeBetween(10, 11);
    }

    @Test
    void aFractionOfOnePerSecondIsMeteredToo() {
        line.rate = 0.5;
        line.burst = 0.5;
        join(20);
        line.tick();
        assertThat(line.tickFor(20_000, 100)).hasSize(10);
    }

    @Test
    void aThousandPerSecondIsMeteredToo() {
        line.rate = 1_000;
        line.burst = 1_000;
        join(3_000);
        line.tick();
        assertThat(line.tickFor(2_000, 100)).hasSize(2_000);
    }

    @Test
    void aLineThatForgotWhatOperatorsSetAdmitsNobodyUntilItIsToldAgain() {
        join(20);
        line.tick();
        line.knownControl = 7;
        assertThat(line.tickFor(1_000, 100)).isEmpty();
        line.run("restore_control.lua", 7, "rate", "10");
        assertThat(line.tickFor(1_000, 100)).hasSizeBetween(10, 11);
    }

    @Test
    void savesUpNoMoreThanTheBurstWhileNobodyWaits() {
        join(1);
        line.tickFor(60_000, 1_000);
        join(100);
        line.now += 1;
        assertThat(line.tick().admitted()).hasSize(10);
    }

    @Test
    void makesUpForNothingAfterAGapOrAPause() {
        join(100);
        line.tick();
        line.now += 60_000;
        assertThat(line.tick().admitted()).isEmpty();
        line.control("state", "PAUSED");
        assertThat(line.tickFor(5_000, 100)).isEmpty();
        line.control("state", "OPEN");
        assertThat(line.tickFor(1_000, 100)).hasSizeBetween(10, 11);
    }

    @Test
    void keepsTheCapUntilSlotsComeBack() {
        line.cap = 3;
        join(10);
        line.tick();
        assertThat(line.tickFor(2_000, 100)).hasSize(3);
        line.leave("person-0");
        line.moveSlot("person-1", slotOf("person-1"), 0, true);
        assertThat(line.tickFor(1_000, 100)).containsExactly("person-3", "person-4");
        line.now += line.passMillis;
        line.renew(IntStream.range(5, 10).mapToObj(i -> "person-" + i).toArray(String[]::new));
        assertThat(line.tick().admitted()).hasSize(3);
    }

    @Test
    void endedPassesKeepTheirSlotWhileTheOtherSideIsNotHeard() {
        line.cap = 1;
        line.passMillis = 1_000;
        line.slotGrace = 5_000;
        join(2);
        line.tick();
        line.tickFor(1_000, 100);
        assertThat(line.tickFor(4_500, 100)).isEmpty();
        line.slotGrace = 0;
        assertThat(line.tickFor(500, 100)).containsExactly("person-1");
    }

    @Test
    void waitsForTheOpeningAndStopsAtTheEnd() {
        line.opens = line.now + 1_000;
        line.closes = line.now + 2_000;
        join(100);
        assertThat(line.tickFor(900, 100)).isEmpty();
        assertThat(line.tickFor(1_000, 100)).hasSizeBetween(9, 11);
        assertThat(line.tickFor(1_000, 100)).isEmpty();
    }

    @Test
    void theBrakeSlowsAndAnOperatorsRateHolds() {
        join(100);
        line.tick();
        line.share = 0.5;
        assertThat(line.tickFor(2_000, 100)).hasSize(10);
        line.share = 1;
        line.control("rate", "20");
        assertThat(line.tickFor(1_000, 100)).hasSize(20);
    }

    @Test
    void passesOverWhoHasBeenSilentTooLong() {
        join(3);
        line.tick();
        line.now += line.silenceMillis + 1;
        line.renew("person-1", "person-2");
        line.tick();
        assertThat(line.tickFor(300, 100)).containsExactly("person-1", "person-2");
        assertThat(line.tick().expired()).isEqualTo(1);
    }

    @Test
    void pausesAfterALossAndThenGoesOn() {
        join(2);
        line.tick();
        line.wipe();
        line.join("new");
        assertThat(line.tickFor(line.pauseMillis - 100, 100)).isEmpty();
        assertThat(line.tickFor(1_000, 100)).containsExactly("new");
    }

    @Test
    void anIdleLineNobodyEverJoinedCostsNoMemory() {
        line.tick();
        assertThat(LineLab.REDIS.run(command -> command.exists(line.keys)).block())
                .isZero();
    }

    private String slotOf(String user) {
        var grant = line.place(user).grant();
        return grant.epoch() + ":" + grant.number();
    }

    private List<String> join(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "person-" + i)
                .peek(line::join)
                .toList();
    }
}
