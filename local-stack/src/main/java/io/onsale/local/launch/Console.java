package io.onsale.local.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** What a command says; lines of several threads do not mix. */
final class Console {

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    synchronized void say(String line) {
        out.println(line);
    }

    void row(String name, String state, String detail) {
        say(String.format("  %-14s %-20s %s", name, state, detail).stripTrailing());
    }

    synchronized void tail(String title, List<String> lines) {
        out.println(title);
        lines.forEach(line -> out.println("    " + LogLine.readable(line)));
    }

    static String seconds(Duration time) {
        return String.format("%.1f s", time.toMillis() / 1000.0);
    }
}
