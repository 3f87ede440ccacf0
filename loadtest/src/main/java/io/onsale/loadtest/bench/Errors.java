package io.onsale.loadtest.bench;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects what went wrong over the slices of a bench: a ratio with errors in it is no ratio. */
final class Errors {

    private final Map<String, Long> endings = new TreeMap<>();
    private long errors;

    Volley of(Volley volley) {
        volley.endings().forEach((ending, count) -> endings.merge(ending, count, Long::sum));
        errors += volley.errors();
        return volley;
    }

    String endings() {
        return endings.toString();
    }

    /** Answers with another status than these. What had no answer at all is not among them. */
    Map<String, Long> answeredOtherwise(Set<Integer> statuses) {
        Map<String, Long> others = new TreeMap<>(endings);
        others.keySet().removeIf(ending -> !ending.matches("\\d+") || statuses.contains(Integer.parseInt(ending)));
        return others;
    }

    Result report(Result result) {
        return result.claim("errors", errors + " in " + endings, "0", errors == 0);
    }
}
