package io.onsale.loadtest.fault;

import java.util.List;
import java.util.stream.Stream;

/** The scripted cases. */
final class Faults {

    private Faults() {}

    static List<Fault> all() {
        return Stream.of(
                        ProcessFaults.all(),
                        InstantFaults.all(),
                        RedisFaults.all(),
                        PostgresFaults.all(),
                        KafkaFaults.all(),
                        ProviderFaults.all(),
                        CrowdFaults.all(),
                        NetworkFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
