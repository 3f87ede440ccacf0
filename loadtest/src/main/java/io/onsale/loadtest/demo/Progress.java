package io.onsale.loadtest.demo;

import java.io.PrintStream;
import java.time.Duration;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** The live line: rewritten in place on a terminal, one line every five seconds elsewhere. */
final class Progress {

    private final Tally tally;
    private final int buyers;
    private final PrintStream out;
    private final boolean terminal = System.console() != null;
    private final long began = System.nanoTime();

    Progress(Tally tally, int buyers, PrintStream out) {
        this.tally = tally;
        this.buyers = buyers;
        this.out = out;
    }

    Disposable start() {
        return Flux.interval(Duration.ofMillis(terminal ? 250 : 5_000))
                .onBackpressureDrop()
                .subscribe(tick -> print());
    }

    void finish() {
        print();
        if (terminal) {
            out.println();
        }
    }

    private synchronized void print() {
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        String line = String.format(
                "%4ds  pressed %d/%d  in line %d  admitted %d  holds %d won %d lost  paid %d  ticketed %d  done %d",
                seconds,
                tally.arrived.sum(),
                buyers,
                Math.max(0, tally.entered.sum() - tally.admitted.sum() - tally.endings(Ending.Kind.SOLD_OUT)),
                tally.admitted.sum(),
                tally.holdsWon.sum(),
                tally.holdsLost.sum(),
                tally.approved.sum(),
                tally.confirmed.sum(),
                tally.ended.sum());
        if (terminal) {
            out.print("\r" + line + "  ");
            out.flush();
        } else {
            out.println(line);
        }
    }
}
