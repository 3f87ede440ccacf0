package io.onsale.loadtest.audit;

import java.util.List;

/**
 * What a check saw.
 *
 * @param invariant which promise, e.g. {@code "1 one claim per seat"}
 * @param looked at how many things
 * @param breaches how many broke it
 * @param examples of breaches, a few
 * @param repair what {@code --repair} would do; empty when nothing is known
 */
public record Finding(
        String invariant, String check, long looked, long breaches, List<String> examples, String repair) {

    public static Finding of(String invariant, String check, long looked, List<String> breaches) {
        return new Finding(
                invariant,
                check,
                looked,
                breaches.size(),
                breaches.stream().limit(5).toList(),
                "");
    }

    public Finding repairedBy(String words) {
        return new Finding(invariant, check, looked, breaches, examples, words);
    }

    public boolean holds() {
        return breaches == 0;
    }

    public String line() {
        StringBuilder text = new StringBuilder(String.format(
                "%-6s %-26s %-64s %8d looked at, %d broken",
                holds() ? "ok" : "BROKEN", invariant, check, looked, breaches));
        examples.forEach(example -> text.append("\n         ").append(example));
        if (!holds() && !repair.isEmpty()) {
            text.append("\n         --repair would: ").append(repair);
        }
        return text.toString();
    }
}
