package io.onsale.ticketing.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What other services are answered is what the golden file says; {@code queue-info} is an {@code EventChanged}, which has its own. */
class InternalContractsTest {

    @Test
    void soldSeats() throws IOException {
        Map<String, Set<String>> sold = new LinkedHashMap<>();
        sold.put(id(3), new LinkedHashSet<>(List.of("1-14-7", "1-14-8")));
        sold.put(id(4), Set.of("1-14-7"));
        String answer = JsonMapper.shared().writeValueAsString(InternalEventsController.SoldSeats.of(id(1), sold));
        assertThat(JsonMapper.shared().readTree(answer))
                .isEqualTo(JsonMapper.shared()
                        .readTree(Files.readString(Path.of("../docs/contracts/internal/seats-status.json"))));
    }

    private static String id(int last) {
        return "01980000-0000-7000-8000-00000000000" + last;
    }
}
