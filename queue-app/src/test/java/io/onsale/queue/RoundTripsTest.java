package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.stores.TestStores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What the calls of a crowd cost the store: the commands it got, by its own account. */
@DirtiesContext
@TestPropertySource(properties = "onsale.queue.silence=20s") // signs of life are written every two seconds
class RoundTripsTest extends RunningQueue {
    private CommandEar store;

    @BeforeEach
    void listen() {
        onSale(Map.of("ratePerSecond", 0.01));
        control(Map.of("state", "PAUSED"));
        store = CommandEar.at(TestStores.redisTarget().uris());
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void enteringTakesTwoRoundTripsAndAskingOne() {
        enter("buyer");
        assertThat(commandsOf("buyer")).as("claim, join").hasSize(2);
        store.forget();
        enter("buyer");
        assertThat(commandsOf("buyer")).as("the same again").hasSize(2);
        store.forget();
        status("buyer");
        assertThat(commandsOf("buyer")).hasSize(1);
    }

    @Test
    void leavingTakesOneAndGivesTheClaimBackBehindTheAnswer() {
        enter("buyer");
        store.forget();
        as("buyer")
                .delete()
                .uri("/api/v1/queue/leave?eventId={id}", eventId)
                .exchange()
                .expectStatus()
                .isNoContent();
        List<String> commands = commandsOf("buyer");
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0)).contains("{" + eventId + "}");
        assertThat(commands.get(1)).contains("q:claim:{" + user("buyer") + "}");
    }

    @Test
    void signsOfLifeOfManyAreWrittenAtOnce() throws Exception {
        List<String> people =
                IntStream.range(0, 20).mapToObj(i -> "person-" + i).toList();
        people.forEach(this::enter);
        Thread.sleep(Duration.ofSeconds(5).toMillis()); // what the joins have written has grown old
        store.forget();
        people.forEach(this::status);
        await(() -> people.stream().allMatch(person -> isRenewed(user(person))));
        List<String> shared = store.of(eventId).stream()
                .filter(command -> people.stream()
                                .filter(person -> command.contains(user(person)))
                                .count()
                        > 1)
                .toList();
        assertThat(shared).as("once a second, for all that were heard").hasSizeBetween(1, 4);
        assertThat(commandsOf("person-0"))
                .as("a question, a sign of life, a claim")
                .hasSize(3);
    }

    /** A moment later, since the store tells its listeners behind its answers. */
    private List<String> commandsOf(String name) {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return store.of(user(name));
    }

    private boolean isRenewed(String user) {
        return store.of(user).stream().anyMatch(command -> command.contains("PEXPIRE"));
    }
}
