package io.onsale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void idsAreUuidsOfVersionSevenInTheOrderOfTime() {
        long before = System.currentTimeMillis();
        UUID id = UUID.fromString(Ids.next());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void manyThreadsNeverMakeTheSame() {
        Set<String> ids = IntStream.range(0, 200_000)
                .parallel()
                .mapToObj(any -> Ids.next())
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(200_000);
    }
}
