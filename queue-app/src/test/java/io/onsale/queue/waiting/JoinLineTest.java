package io.onsale.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.queue.waiting.JoinLine.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinLineTest {
    private final LineLab line = new LineLab();

    @Test
    void givesNumbersInOrderOfArrivalAndTheSameOneWhenAskedAgain() {
        Place first = line.join("a").place();
        Place second = line.join("b").place();
        assertThat(first.number()).isEqualTo(1);
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.ahead()).isEqualTo(1);
        line.now += 5_000;
        assertThat(line.join("a").place()).isEqualTo(first);
    }

    @Test
    void refusesBeyondTheCapacityAndTakesWhoIsAlreadyIn() {
        line.capacity = 1;
        line.join("a");
        assertThat(line.join("b").verdict()).isEqualTo(Verdict.FULL);
        assertThat(line.join("a").verdict()).isEqualTo(Verdict.OK);
        line.control("capacity", "2");
        assertThat(line.join("b").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void opensAndClosesByTheClockAndByOperators() {
        line.preOpens = line.now + 1;
        assertThat(line.join("a").verdict()).isEqualTo(Verdict.EARLY);
        line.preOpens = line.now;
        assertThat(line.join("a").verdict()).isEqualTo(Verdict.OK);
        line.control("state", "DRAINING");
        assertThat(line.join("b").verdict()).isEqualTo(Verdict.CLOSED);
        assertThat(line.join("a").verdict()).isEqualTo(Verdict.OK);
        line.control("state", "OPEN");
        line.closes = line.now;
        assertThat(line.join("b").verdict()).isEqualTo(Verdict.CLOSED);
    }

    @Test
    void entersTheDrawBeforeTheOpeningAndTheLineAfterIt() {
        line.mode = "DRAW";
        line.opens = line.now + 1_000;
        assertThat(line.join("a").place().kind()).isEqualTo(Place.Kind.ENTRANT);
        line.now += 1_000;
        assertThat(line.join("b").place().kind()).isEqualTo(Place.Kind.WAITING);
        assertThat(line.join("a").place().kind()).isEqualTo(Place.Kind.ENTRANT);
    }

    @Test
    void aTokenBringsAnOldPlaceBackAheadOfNewcomersWhateverTheOrderOfReturn() {
        line.join("a");
        line.join("b");
        line.join("c");
        PlaceToken a = line.token("a");
        PlaceToken b = line.token("b");
        PlaceToken c = line.token("c");
        line.now += 2_000;
        line.wipe();
        line.capacity = 1;
        line.join("new");
        assertThat(line.join("b").verdict()).isEqualTo(Verdict.FULL);
        line.join("c", c);
        line.join("a", a);
        line.join("b", b);
        assertThat(line.inOrder()).containsExactly("a", "b", "c", "new");
        assertThat(line.join("a").facts().recoverUntilMillis()).isGreaterThan(line.now);
    }

    @Test
    void aBetterOldPlaceReplacesAWorseNewOne() {
        line.join("a");
        PlaceToken a = line.token("a");
        line.now += 2_000;
        line.wipe();
        line.join("new");
        line.join("a");
        assertThat(line.inOrder()).containsExactly("new", "a");
        line.join("a", a);
        assertThat(line.inOrder()).containsExactly("a", "new");
    }

    @Test
    void placesGivenInTheSecondThatADiskLostComeBackWithoutColliding() {
        line.join("a");
        line.remember();
        line.join("b");
        PlaceToken b = line.token("b");
        line.now += 2_000;
        line.crash();
        Place fresh = line.join("new").place();
        assertThat(fresh.epoch()).isGreaterThan(b.epoch());
        line.join("b", b);
        assertThat(line.inOrder()).containsExactly("a", "b", "new");
    }

    @Test
    void tokensOfTheCurrentEpochAndOldOnesChangeNothing() {
        line.join("a");
        line.join("b");
        PlaceToken a = line.token("a");
        line.leave("a");
        line.join("a", a);
        assertThat(line.inOrder()).as("current epoch").containsExactly("b", "a");

        PlaceToken b = line.token("b");
        line.now += line.silenceMillis + 1;
        line.wipe();
        line.join("new");
        line.join("b", b);
        assertThat(line.inOrder()).as("silent before the loss").containsExactly("new", "b");
    }

    @Test
    void whoComesBackTooLateAfterALossIsANewcomer() {
        line.join("a");
        PlaceToken a = line.token("a");
        line.now += 2_000;
        line.wipe();
        line.join("new");
        line.now += line.silenceMillis + 1;
        line.join("a", a);
        assertThat(line.inOrder()).containsExactly("new", "a");
    }

    @Test
    void whoLeftOrWasAdmittedOnAPlaceGainsNothingByItsTokenAfterARestart() {
        line.join("left");
        line.join("admitted");
        PlaceToken left = line.token("left");
        PlaceToken admitted = line.token("admitted");
        line.now += 100;
        line.tick();
        line.leave("left");
        line.tickFor(500, 100);
        line.moveSlot("admitted", admitted.epoch() + ":" + admitted.number(), 0, true);
        line.now += 2_000;
        line.restart();
        line.join("new");
        line.join("left", left);
        line.join("admitted", admitted);
        assertThat(line.inOrder()).containsExactly("new", "left", "admitted");
    }

    @Test
    void aLivePassSurvivesAWipeAsTheSamePass() {
        line.join("a");
        line.tick();
        line.tickFor(500, 100);
        Grant granted = line.place("a").grant();
        PlaceToken proof = line.token("a");
        line.now += 2_000;
        line.wipe();
        line.join("new");
        assertThat(line.join("a", proof).place().grant()).isEqualTo(granted);
        assertThat(line.tick().active()).isEqualTo(1);
    }

    @Test
    void restoringGivesNoNewPlace() {
        line.join("a");
        PlaceToken a = line.token("a");
        line.now += 2_000;
        line.wipe();
        assertThat(line.join("b", null, true).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(line.join("a", a, true).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aDrainedLineIsClosedFromItsCutOffOn() {
        line.join("a");
        line.control("state", "DRAINING", "cutOff", Long.toString(line.now + 1_000));
        assertThat(line.join("a").facts().state()).isEqualTo("DRAINING");
        assertThat(line.tick().facts().state()).isEqualTo("DRAINING");
        line.now += 1_000;
        assertThat(line.join("a").facts().state()).isEqualTo("CLOSED");
        assertThat(line.tickFor(2_000, 100)).as("nobody is let in any more").isEmpty();
        line.control("state", "OPEN", "cutOff", "");
        assertThat(line.tickFor(1_000, 100)).containsExactly("a");
    }

    @Test
    void whatOperatorsSetComesBackUnlessTheStoreKnowsALaterAct() {
        line.control("state", "PAUSED");
        long version = line.tick().facts().controlVersion();
        assertThat(version).isEqualTo(line.now);
        line.wipe();
        line.run("restore_control.lua", version, "state", "PAUSED", "rate", "3");
        assertThat(line.tick().facts().state()).isEqualTo("PAUSED");
        assertThat(line.tick().facts().rateSet()).isEqualTo(3);
        line.control("state", "OPEN");
        assertThat(line.tick().facts().controlVersion()).isEqualTo(version + 1);
        line.run("restore_control.lua", version, "state", "PAUSED");
        assertThat(line.tick().facts().state()).isEqualTo("OPEN");
        assertThat(line.tick().facts().rateSet()).isEqualTo(3);
    }

    @Test
    void aLineWhoseClearingWasLostIsClearedAgainOnce() {
        line.join("a");
        line.remember();
        line.now += 500;
        List<Object> cleared = line.run("clear_line.lua", 0);
        line.knownControl = Long.parseLong((String) cleared.get(1));
        line.crash();
        assertThat(line.inOrder()).as("back with the store's older state").containsExactly("a");
        Object[] act = restoring(line.knownControl, (List<?>) cleared.get(2));
        line.run("restore_control.lua", act);
        assertThat(line.inOrder()).isEmpty();
        assertThat(line.tick().expired()).isEqualTo(1);

        line.join("b");
        act[0] = line.knownControl + 1;
        line.run("restore_control.lua", act);
        assertThat(line.inOrder()).as("came after it was cleared").containsExactly("b");
    }

    private static Object[] restoring(long version, List<?> settings) {
        List<Object> args = new ArrayList<>(settings);
        args.add(0, version);
        return args.toArray();
    }

    @Test
    void aLineThatForgotWhatOperatorsSetTakesNobodyUntilItIsToldAgain() {
        line.control("state", "DRAINING");
        line.knownControl = Long.parseLong((String) line.control("rate", "3").get(1));
        line.now += 2_000;
        line.wipe();
        assertThat(line.join("a").verdict()).isEqualTo(Verdict.BEHIND);
        assertThat(line.control("notice", "Soon"))
                .as("nor is anything set over it")
                .isEmpty();
        assertThat(line.inOrder()).isEmpty();
        line.run("restore_control.lua", line.knownControl, "state", "DRAINING", "rate", "3");
        assertThat(line.join("a").verdict()).isEqualTo(Verdict.CLOSED);
    }
}
