package io.onsale.loadtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.onsale.loadtest.stack.WholeSystem;
import io.onsale.loadtest.sweep.Attacker.Attempt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The whole system under attack through its gateway: each test is named after what it attacks. */
@Tag("whole-system")
class SecurityTest {

    @TestFactory
    Stream<DynamicContainer> isHeldOff() {
        List<Attempt> attempts = AttackCommand.attack(WholeSystem.start()).attempts();
        assertThat(attempts).hasSizeGreaterThan(90);
        return attempts.stream()
                .collect(Collectors.groupingBy(Attempt::kind, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(kind ->
                        dynamicContainer(kind.getKey(), kind.getValue().stream().map(SecurityTest::test)));
    }

    private static DynamicTest test(Attempt attempt) {
        return dynamicTest(
                attempt.name(),
                () -> assertThat(attempt.heldOff())
                        .as("%s was answered: %s", attempt.name(), attempt.answer())
                        .isTrue());
    }
}
