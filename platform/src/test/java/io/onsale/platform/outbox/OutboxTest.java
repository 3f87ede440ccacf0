package io.onsale.platform.outbox;

import static io.onsale.platform.outbox.OutboxRig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onsale.local.stores.TestStores;
import io.onsale.platform.Ids;
import io.onsale.platform.kafka.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class OutboxTest {

    static {
        TestStores.ahead(TestStores::kafka);
    }

    record Counted(String aggregate, int number) {}

    private final String topic = "t-" + Ids.next();
    private final String name = "c-" + Ids.next();
    private final Map<String, Queue<Integer>> seen = new ConcurrentHashMap<>();
    private final AtomicBoolean healed = new AtomicBoolean();

    private EventConsumer collecting() {
        return EventConsumer.named(name).from(topic).on(Counted.class, event -> {
            if (event.number() < 0 && !healed.get()) {
                return Mono.error(new IllegalStateException("poison"));
            }
            return Mono.fromRunnable(() -> seen(event.aggregate()).add(event.number()));
        });
    }

    private Queue<Integer> seen(String aggregate) {
        return seen.computeIfAbsent(aggregate, any -> new ConcurrentLinkedQueue<>());
    }

    private DomainEvent counted(String aggregate, int number) {
        return DomainEvent.of(topic, aggregate, number, new Counted(aggregate, number));
    }

    private String unfinished() {
        return "SELECT count(*) FROM platform.outbox WHERE finished_at IS NULL AND topic = '" + topic + "'";
    }

    @Test
    void appendingOutsideATransactionIsRefused() {
        try (OutboxRig rig = OutboxRig.start(topic)) {
            assertThatThrownBy(() -> rig.outbox.append(counted("a", 1)).block(OutboxRig.LIMIT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction");
        }
    }

    @Test
    void whatWasRolledBackIsNeverPublished() {
        try (OutboxRig rig = OutboxRig.start(topic, collecting())) {
            assertThatThrownBy(() -> rig.inTransaction(
                            rig.outbox.append(counted("a", 1)).then(Mono.error(new ArithmeticException()))))
                    .isInstanceOf(ArithmeticException.class);
            rig.append(counted("a", 2));
            await("second event", () -> !seen("a").isEmpty());
            assertThat(seen("a")).containsExactly(2);
        }
    }

    @Test
    void twoInstancesApplyEveryEventOnceAndInOrderPerAggregate() {
        int aggregates = 20;
        int each = 25;
        try (OutboxRig one = OutboxRig.start(topic, collecting());
                OutboxRig two = OutboxRig.start(topic, collecting())) {
            Flux.range(0, aggregates)
                    .flatMap(aggregate -> Flux.range(1, each)
                            .concatMap(number ->
                                    (number % 2 == 0 ? one : two).appending(counted("a" + aggregate, number))))
                    .blockLast(OutboxRig.LIMIT);
            await("all finished", () -> one.count(unfinished()) == 0);
            List<Integer> expected =
                    java.util.stream.IntStream.rangeClosed(1, each).boxed().toList();
            for (int aggregate = 0; aggregate < aggregates; aggregate++) {
                assertThat(seen("a" + aggregate)).containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void anInstanceThatDiesLeavesItsWorkToTheOther() {
        OutboxRig dying = OutboxRig.start(topic, collecting());
        try (OutboxRig surviving = OutboxRig.start(topic, collecting())) {
            dying.append(counted("a", 1));
            await("first", () -> seen("a").size() == 1);
            dying.close();
            surviving.append(counted("a", 2), counted("b", 1));
            await("the rest", () -> seen("a").size() == 2 && seen("b").size() == 1);
        }
    }

    @Test
    void aDuplicateIsAppliedOnce() {
        try (OutboxRig rig = OutboxRig.start(topic, collecting())) {
            Envelope twice = Envelope.of(Ids.next(), "a", 1, Instant.now(), new Counted("a", 1));
            Envelope after = Envelope.of(Ids.next(), "a", 2, Instant.now(), new Counted("a", 2));
            rig.publisher().publish(topic, twice).block(OutboxRig.LIMIT);
            rig.publisher().publish(topic, twice).block(OutboxRig.LIMIT);
            rig.publisher().publish(topic, after).block(OutboxRig.LIMIT);
            await("both", () -> seen("a").contains(2));
            assertThat(seen("a")).containsExactly(1, 2);
        }
    }

    @Test
    void publishedButLostRowsGoOutAgain() {
        try (OutboxRig rig = OutboxRig.start(topic, collecting())) {
            rig.append(counted("warm", 1));
            await("warm", () -> seen("warm").size() == 1);
            // As if the broker had acknowledged the row and then lost its disk.
            rig.inTransaction(rig.outbox
                    .append(counted("lost", 1))
                    .then(rig.database
                            .sql(
                                    "UPDATE platform.outbox SET published_at = clock_timestamp() WHERE key = 'lost' AND topic = '"
                                            + topic + "'")
                            .then()));
            await("sent again", () -> seen("lost").size() == 1);
            await("finished", () -> rig.count(unfinished()) == 0);
        }
    }

    @Test
    void poisonIsParkedLaterOnesWaitBehindItAndReplayKeepsTheOrder() {
        try (OutboxRig rig = OutboxRig.start(topic, collecting())) {
            rig.append(counted("sick", -1), counted("sick", 2), counted("well", 1), counted("sick", 3));
            await("parked", () -> mine(rig).size() == 3);
            await("the others go on", () -> seen("well").size() == 1);
            assertThat(seen("sick")).isEmpty();
            assertThat(mine(rig).get(0).reason()).contains("poison");
            assertThat(mine(rig).get(1).reason()).isNull();
            assertThat(rig.parked.replay(name, "sick").onErrorReturn(-1L).block(OutboxRig.LIMIT))
                    .isEqualTo(-1);
            assertThat(mine(rig)).hasSize(3);

            healed.set(true);
            assertThat(rig.parked.replay(name, "sick").block(OutboxRig.LIMIT)).isEqualTo(3);
            assertThat(seen("sick")).containsExactly(-1, 2, 3);
            rig.append(counted("sick", 4));
            await("free again", () -> seen("sick").size() == 4);
        }
    }

    @Test
    void whatIsGivenUpLetsTheOthersPass() {
        try (OutboxRig rig = OutboxRig.start(topic, collecting())) {
            rig.append(counted("sick", -1), counted("sick", 2));
            await("parked", () -> mine(rig).size() == 2);
            assertThat(rig.parked.discard(mine(rig).get(0).id()).block(OutboxRig.LIMIT))
                    .isTrue();
            await("released by itself", () -> seen("sick").size() == 1);
            assertThat(seen("sick")).containsExactly(2);
            await("nothing left behind", () -> mine(rig).isEmpty());
        }
    }

    @Test
    void textThatIsNoEnvelopeIsParkedAsItCame() throws Exception {
        try (OutboxRig rig = OutboxRig.start(topic, collecting())) {
            rig.append(counted("a", 1));
            await("first", () -> seen("a").size() == 1);
            RawProducer.send(topic, "a", "{not json");
            rig.append(counted("a", 2), counted("b", 1));
            await("b goes on", () -> seen("b").size() == 1);
            await("both parked", () -> mine(rig).size() == 2);
            assertThat(mine(rig).get(0).message()).isEqualTo("{not json");
            assertThat(RawProducer.read(topic + ".parked")).anyMatch(text -> text.contains("{not json"));
        }
    }

    @Test
    void aBrokerRestartLosesNothing() {
        try (OutboxRig rig = OutboxRig.start(topic, collecting())) {
            rig.append(counted("a", 1));
            await("first", () -> seen("a").size() == 1);
            TestStores.kafka().kill();
            try {
                rig.append(counted("a", 2));
                rig.append(counted("a", 3));
            } finally {
                TestStores.kafka().start();
            }
            rig.append(counted("a", 4));
            await("all", () -> seen("a").size() == 4);
            assertThat(seen("a")).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void brokersThatLostTheirDisksLoseNothingOfOurs() throws Exception {
        try (OutboxRig rig = OutboxRig.start(topic, collecting());
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", TestStores.kafka().bootstrapServers()))) {
            rig.append(counted("a", 1));
            await("first", () -> seen("a").size() == 1);
            admin.deleteTopics(List.of(topic, topic + ".parked")).all().get();
            rig.append(counted("a", 2), counted("b", 1));
            await("topics again", () -> seen("a").size() == 2 && seen("b").size() == 1);
            await("finished", () -> rig.count(unfinished()) == 0);
            assertThat(seen("a")).containsExactly(1, 2);
        }
    }

    private List<ParkedMessages.Parked> mine(OutboxRig rig) {
        return new ArrayList<>(rig.parked.list(1000).collectList().block(OutboxRig.LIMIT).stream()
                .filter(parked -> parked.consumer().equals(name))
                .toList());
    }
}
