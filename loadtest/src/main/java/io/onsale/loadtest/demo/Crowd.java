package io.onsale.loadtest.demo;

import io.onsale.loadtest.Arguments;
import java.time.Duration;

/**
 * What is asked of a demo.
 *
 * @param arrival over how long the crowd arrives, at a constant rate
 * @param streams share of the buyers who listen (SSE) instead of asking
 * @param declined share of payments that the bank declines
 * @param released share of buyers who let go of their seats instead of paying
 * @param abandoned share of buyers who close the tab at the checkout; their seats come back when the hold ends
 * @param kakaopay share of buyers who pay by KakaoPay, where the money moves when we ask for it
 * @param late share of buyers who press "pay" only when their hold has ended
 * @param returned share of buyers who give their tickets back at once
 * @param limit after which the rest of the crowd goes home
 */
public record Crowd(
        int buyers,
        int seats,
        int rate,
        long seed,
        Duration arrival,
        double streams,
        double declined,
        double released,
        double abandoned,
        double kakaopay,
        double late,
        double returned,
        Duration limit) {

    private static final int REHEARSAL_RATE = 10;

    static final String USAGE = """
            ./onsale demo: a flash crowd on a fresh event, then a report. Exit 0: all invariants hold; 1: one is broken.
              --buyers 500      people who press "buy" (at most 100000)
              --seats 100       seats of the hall
              --rate 10         admissions per second
              --seed N          makes every choice of every buyer repeatable
              --arrival 5       seconds over which the crowd arrives
              --streams 0.2     share of buyers who listen to the event stream instead of polling
              --declined 0.05   share of payments that the bank declines (half of them try again)
              --released 0.03   share of buyers who give their seats back instead of paying
              --abandoned 0     share of buyers who close the tab at the checkout (their seats return when the hold ends)
              --kakaopay 0      share of buyers who pay by KakaoPay instead of PortOne
              --late 0          share of buyers who pay only when their hold has ended
              --returned 0      share of buyers who give their tickets back at once
              --limit 900       seconds after which the rest goes home
              --rehearsal 200   people of a smaller on-sale that comes before and is not counted: a program that has just
                                started is slow until its code is compiled. 0 leaves it out""";

    public static Crowd of(Arguments arguments) {
        return new Crowd(
                arguments.number("buyers", 500, 1, 100_000),
                arguments.number("seats", 100, 1, 50_000),
                arguments.number("rate", 10, 1, 1_000),
                arguments.seed("seed"),
                Duration.ofSeconds(arguments.number("arrival", 5, 0, 3_600)),
                arguments.share("streams", 0.2),
                arguments.share("declined", 0.05),
                arguments.share("released", 0.03),
                arguments.share("abandoned", 0),
                arguments.share("kakaopay", 0),
                arguments.share("late", 0),
                arguments.share("returned", 0),
                Duration.ofSeconds(arguments.number("limit", 900, 10, 7_200)));
    }

    /** Everybody buys, at a pace that even a system that has just started can keep. */
    Crowd rehearsal(int people) {
        Duration arrival = Duration.ofMillis(people * 1_000L / REHEARSAL_RATE);
        return new Crowd(
                people,
                people * 3,
                REHEARSAL_RATE,
                seed + 1,
                arrival,
                streams,
                0,
                0,
                0,
                0,
                0,
                0,
                arrival.plusSeconds(120));
    }
}
