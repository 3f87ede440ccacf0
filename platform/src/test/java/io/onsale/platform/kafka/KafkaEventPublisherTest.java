package io.onsale.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What holds when the client's producer does not do its part: no publication waits for ever, nothing piles up, nothing is left open. */
class KafkaEventPublisherTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private final Silent producer = new Silent();
    private final CountDownLatch isBeingMade = new CountDownLatch(1);
    private final CountDownLatch mayBeMade = new CountDownLatch(1);
    private @Nullable KafkaEventPublisher publisher;

    /** Never acknowledges anything. */
    private static final class Silent extends MockProducer<String, @Nullable String> {
        private final List<Duration> closings = new CopyOnWriteArrayList<>();

        Silent() {
            super(false, null, new StringSerializer(), new StringSerializer());
        }

        @Override
        public void close(Duration timeout) {
            closings.add(timeout);
            super.close(timeout);
        }
    }

    private KafkaEventPublisher publisher(Duration givenUpAfter, int underWayAtMost) {
        publisher = new KafkaEventPublisher(this::make, new TraceCarrier.Plain(), givenUpAfter, underWayAtMost);
        return publisher;
    }

    private Silent make() {
        isBeingMade.countDown();
        try {
            assertThat(mayBeMade.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return producer;
    }

    private static Mono<Void> publishing(KafkaEventPublisher publisher) {
        Envelope event = Envelope.of(Ids.next(), "one", 1, Instant.EPOCH, Map.of());
        return publisher.publish("topic", event);
    }

    @AfterEach
    void close() {
        mayBeMade.countDown();
        if (publisher != null) {
            publisher.destroy();
        }
    }

    @Test
    void aPublicationThatIsNeverAcknowledgedIsGivenUp() {
        mayBeMade.countDown();
        StepVerifier.create(publishing(publisher(Duration.ofSeconds(1), 100)))
                .expectError(TimeoutException.class)
                .verify(SOON);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void whatCannotWaitAnyMoreIsRefusedAtOnce() {
        KafkaEventPublisher full = publisher(SOON, 8);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 100; i++) {
            publishing(full).subscribe(null, failures::add);
        }
        assertThat(failures)
                .hasSize(92)
                .allSatisfy(refused ->
                        assertThat(refused).isInstanceOf(TryAgainLater.class).hasMessageContaining("wait"));
    }

    @Test
    void aProducerThatIsMadeWhileItsAppStopsIsClosedToo() throws InterruptedException {
        KafkaEventPublisher stopping = publisher(Duration.ofSeconds(2), 100);
        Mono<Void> publication = publishing(stopping).cache();
        publication.subscribe(null, failure -> {});
        assertThat(isBeingMade.await(10, TimeUnit.SECONDS)).isTrue();
        stopping.destroy();
        mayBeMade.countDown();
        StepVerifier.create(publication).expectError().verify(SOON);
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void closingWaitsForAcknowledgementsForFiveSecondsAtMost() {
        mayBeMade.countDown();
        KafkaEventPublisher stopping = publisher(Duration.ofSeconds(1), 100);
        StepVerifier.create(publishing(stopping)).expectError().verify(SOON);
        stopping.destroy();
        assertThat(producer.closings).containsExactly(Duration.ofSeconds(5));
    }
}
