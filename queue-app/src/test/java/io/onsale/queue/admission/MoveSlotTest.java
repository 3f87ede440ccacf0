package io.onsale.queue.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.queue.waiting.Grant;
import io.onsale.queue.waiting.LineLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MoveSlotTest {
    private final LineLab line = new LineLab();
    private String slot;
    private Grant grant;

    @BeforeEach
    void admit() {
        line.join("buyer");
        line.tick();
        line.tickFor(500, 100);
        grant = line.place("buyer").grant();
        slot = grant.epoch() + ":" + grant.number();
    }

    @Test
    void aHoldCarriesTheSlotPastThePassAndItsEndFreesIt() {
        line.moveSlot("buyer", slot, grant.endMillis() + 60_000, false);
        line.now = grant.endMillis() + 1_000;
        assertThat(line.tick().active()).isEqualTo(1);
        assertThat(line.moveSlot("buyer", slot, 0, false)).isTrue();
        assertThat(line.moveSlot("buyer", slot, 0, false)).isFalse();
        assertThat(line.tick().active()).isZero();
    }

    @Test
    void aPurchaseUsesThePassUpAndTheBuyerMayQueueAnew() {
        line.moveSlot("buyer", slot, 0, true);
        assertThat(line.place("buyer").grant().live()).isFalse();
        assertThat(line.join("buyer").place().number()).isGreaterThan(grant.number());
    }

    @Test
    void anEndInThePastIsNoSlot() {
        line.moveSlot("buyer", slot, 0, false);
        assertThat(line.moveSlot("buyer", slot, line.now, false)).isFalse();
        assertThat(line.tick().active()).isZero();
    }
}
