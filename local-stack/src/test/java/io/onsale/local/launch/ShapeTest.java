package io.onsale.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapeTest {

    @TempDir
    Path root;

    @Test
    void whatWasAskedForIsRememberedUntilDown() throws Exception {
        StackHome home = new StackHome(root);
        home.create();
        Shape.choose(home, Arguments.of("--queue-instances", "3", "--ticketing-instances=2"))
                .remember(home);

        Shape next = Shape.choose(home, Arguments.NONE);
        assertThat(next.queueInstances()).isEqualTo(3);
        assertThat(next.ticketingInstances()).isEqualTo(2);
        assertThat(Shape.choose(home, Arguments.of("--queue-instances=1")).queueInstances())
                .isEqualTo(1);

        Shape.forget(home);
        assertThat(Shape.choose(home, Arguments.NONE).queueInstances()).isEqualTo(1);
        assertThat(Files.list(home.run())).isEmpty();
    }

    @Test
    void nonsenseIsRefusedInOneSentence() {
        assertThatThrownBy(() -> Arguments.of("--queue-instances", "many")).hasMessageContaining("must be a number");
        assertThatThrownBy(() -> Arguments.of("--queue-instances")).hasMessageContaining("needs a number");
        assertThatThrownBy(() -> Arguments.of("--fast")).hasMessageContaining("no option --fast");
        assertThatThrownBy(() -> new Shape(0, 0, 1, false)).hasMessageContaining("1 to 9");
        assertThatThrownBy(() -> new Shape(-1, 1, 1, false)).hasMessageContaining("ONSALE_PORT_OFFSET");
    }
}
