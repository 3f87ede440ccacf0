package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.Simulation;
import java.util.ArrayList;
import java.util.List;

/** A journey's settings and bars come from the file that the k6 scripts read, too; {@code -Drate=20} and its like change a setting. */
abstract class Journey extends Simulation {

    private static final JsonNode JOURNEYS = Files.read("loadtest/journeys.json");

    private final String name;

    Journey(String name) {
        this.name = name;
    }

    final int setting(String setting) {
        return Integer.getInteger(
                setting, JOURNEYS.path("journeys").path(name).path(setting).asInt());
    }

    /** p95 of each step in milliseconds, and nothing may fail. */
    final List<Assertion> bars() {
        List<Assertion> bars = new ArrayList<>(List.of(global().failedRequests().count().is(0L)));
        for (JsonNode step : JOURNEYS.path("journeys").path(name).path("judged")) {
            int bar = JOURNEYS.path("bars").path(step.asText()).asInt();
            bars.add(details(step.asText()).responseTime().percentile(95).lt(bar));
        }
        return bars;
    }

    @Override
    public void after() {
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(cpu -> System.out.printf("The generator's own CPU: %.1f s%n", cpu.toMillis() / 1_000.0));
    }
}
