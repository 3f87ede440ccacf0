package io.onsale.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RateMeterTest {

    private static final RateMeter TEN_A_SECOND =
            RateMeter.of(LongStream.range(0, 200).map(i -> i * 100).toArray());

    @Test
    void seesASteadyRateInEveryWindow() {
        RateMeter.Windows windows = TEN_A_SECOND.perSecond(10_000);
        assertThat(windows.leastPerSecond()).isEqualTo(10.0);
        assertThat(windows.mostPerSecond()).isEqualTo(10.0);
        assertThat(windows.windows()).isEqualTo(100);
        assertThat(TEN_A_SECOND.mostIn(1_000)).isEqualTo(10);
        assertThat(TEN_A_SECOND.gap(99)).isEqualTo(100);
    }

    @Test
    void findsABurst() {
        long[] burst = LongStream.concat(LongStream.of(TEN_A_SECOND.millis()), LongStream.of(5_001, 5_002, 5_003))
                .toArray();
        assertThat(RateMeter.of(burst).mostIn(1_000)).isEqualTo(13);
    }

    @Test
    void judgesAShortRunByItsSpan() {
        RateMeter meter = RateMeter.of(new long[] {0, 100, 200, 300});
        assertThat(meter.perSecond(10_000).leastPerSecond()).isCloseTo(10.0, within(0.01));
    }

    @Test
    void leavesPausesOut() {
        long[] paused = LongStream.concat(LongStream.of(TEN_A_SECOND.millis()), LongStream.of(60_000, 60_100))
                .toArray();
        assertThat(RateMeter.of(paused).longestRun(2_000).millis()).hasSize(200);
    }

    @Test
    void hasNothingToSayAboutNothing() {
        RateMeter none = RateMeter.of(new long[0]);
        assertThat(none.perSecond(1_000).windows()).isZero();
        assertThat(none.mostIn(1_000)).isZero();
        assertThat(none.gap(50)).isZero();
        assertThat(none.longestRun(1).millis()).isEmpty();
    }
}
