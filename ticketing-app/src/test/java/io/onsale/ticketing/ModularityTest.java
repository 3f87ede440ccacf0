package io.onsale.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.util.ApplicationModulesExporter;
import org.springframework.modulith.docs.Documenter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The walls between the modules hold: no cycle, no reach into another's inside, no undeclared dependency. */
class ModularityTest {

    private final ApplicationModules modules = ApplicationModules.of(TicketingApplication.class);

    @Test
    void modulesKeepToTheirDeclaredDependencies() {
        modules.verify();
    }

    @Test
    void modulesAreDrawn() {
        new Documenter(modules).writeModulesAsPlantUml().writeIndividualModulesAsPlantUml();
    }

    /** A start reads the file instead of all classes; migrations run in its order. */
    @Test
    void modulesAreWrittenDownInTheOrderOfTheirDependencies() throws IOException {
        List<String> found = modules.stream()
                .map(module -> module.getIdentifier() + " in "
                        + module.getBasePackage().getName())
                .toList();

        assertThat(written()).isEqualTo(found);
    }

    private static List<String> written() throws IOException {
        try (InputStream file = new ClassPathResource(ApplicationModulesExporter.DEFAULT_LOCATION).getInputStream()) {
            JsonNode modules = JsonMapper.shared().readTree(file);
            return modules.propertyStream()
                    .map(module -> module.getKey() + " in "
                            + module.getValue().get("basePackage").stringValue())
                    .toList();
        }
    }
}
