package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.queue.waiting.LineHistory;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Random interleavings of everything that can happen to a line, on a real Redis: whatever the order, the promises of the
 * line hold after each step (see {@link LineHistory}).
 */
class LineInvariantsTest {

    @Property(tries = 60)
    void noInterleavingBreaksThePromisesOfTheLine(@ForAll("histories") List<Tuple2<LineHistory.Act, Integer>> acts) {
        LineHistory history = new LineHistory();
        for (Tuple2<LineHistory.Act, Integer> act : acts) {
            history.happens(act.get1(), act.get2());
            history.checkStructures();
        }
        history.checkAdmissions();
        assertThat(history.isPlausible()).isTrue();
    }

    @Provide
    Arbitrary<List<Tuple2<LineHistory.Act, Integer>>> histories() {
        Arbitrary<LineHistory.Act> acts = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(LineHistory.Act.JOIN)),
                Tuple.of(6, Arbitraries.just(LineHistory.Act.TICK)),
                Tuple.of(2, Arbitraries.just(LineHistory.Act.HEARTBEAT)),
                Tuple.of(2, Arbitraries.just(LineHistory.Act.LEAVE)),
                Tuple.of(2, Arbitraries.just(LineHistory.Act.SWEEP)),
                Tuple.of(2, Arbitraries.just(LineHistory.Act.LONG_SILENCE)),
                Tuple.of(2, Arbitraries.just(LineHistory.Act.HOLD)),
                Tuple.of(2, Arbitraries.just(LineHistory.Act.BUY)),
                Tuple.of(2, Arbitraries.just(LineHistory.Act.RETURN_WITH_TOKEN)),
                Tuple.of(1, Arbitraries.just(LineHistory.Act.SYNC_DISK)),
                Tuple.of(1, Arbitraries.just(LineHistory.Act.CRASH)),
                Tuple.of(1, Arbitraries.just(LineHistory.Act.WIPE)));
        return Arbitraries.integers()
                .between(0, 11)
                .flatMap(person -> acts.map(act -> Tuple.of(act, person)))
                .list()
                .ofMinSize(20)
                .ofMaxSize(120);
    }
}
