package io.onsale.loadtest.bench;

import java.util.Map;
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

    Result report(Result result) {
        return result.claim("errors", errors + " in " + endings, "0", errors == 0);
    }
}
