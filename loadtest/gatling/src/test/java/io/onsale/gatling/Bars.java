package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;

import io.gatling.javaapi.core.Assertion;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** The same bars as in the k6 scripts: p95 in milliseconds, and nothing may fail. */
final class Bars {

    private static final Map<String, Integer> P95 = Map.of(
            "enter", 100, "status", 50, "seats", 100, "hold", 100, "pay", 100, "confirm", 100, "reservation", 100, "list",
            100, "detail", 100);

    private Bars() {}

    static Assertion[] of(String... steps) {
        return Stream.concat(
                        Stream.of(global().failedRequests().count().is(0L)),
                        Arrays.stream(steps)
                                .map(step ->
                                        details(step).responseTime().percentile(95).lt(P95.get(step))))
                .toArray(Assertion[]::new);
    }
}
