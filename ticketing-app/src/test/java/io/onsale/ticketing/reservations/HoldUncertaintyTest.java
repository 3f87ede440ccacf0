package io.onsale.ticketing.reservations;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.stores.TestStores;
import io.onsale.platform.Ids;
import io.onsale.platform.redis.Redis;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.reservations.redis.SeatLocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;

/** Stores that lie, stop or forget: nobody is told a lie, nothing is held twice, and the same key finds the truth. */
class HoldUncertaintyTest extends TicketingTest {
    @Autowired
    private Redis redis;

    private HoldClient client;
    private TestEvent event;
    private TestUser buyer;

    @BeforeEach
    void event() {
        client = new HoldClient(http);
        event = events().create(Plan.simple());
        buyer = buyer();
    }

    @Test
    void aWipedRedisSellsNothingTwiceAndFencesStillRise() {
        HoldClient.Held held = client.held(buyer, event.performanceId(), "1-1-1");
        TestStores.redis().wipe();

        assertThat(HoldClient.problem(client.hold(buyer(), event.performanceId(), "1-1-1"), 409))
                .containsEntry("code", "SEAT_TAKEN");
        client.release(buyer, held.reservationId()).expectStatus().isNoContent();
        HoldClient.Held next = client.held(buyer(), event.performanceId(), "1-1-1");
        assertThat(next.seats().get(0).fence())
                .isGreaterThan(held.seats().get(0).fence());
    }

    @Test
    void seatsGivenBackWhileRedisTakesNoWritesAreToBeHadOnceItDoes() {
        HoldClient.Held held = client.held(buyer, event.performanceId(), "1-1-1");
        TestStores.redis().refuseWrites();
        try {
            client.release(buyer, held.reservationId()).expectStatus().isNoContent();
        } finally {
            TestStores.redis().takeWrites();
        }

        buyer = buyer();
        assertThat(HoldClient.held(eventually(() -> hold(Ids.next()))).seatIds())
                .containsExactly("1-1-1");
    }

    @Test
    void aRedisThatHangsAnswersUncertainAndTheSameKeyFindsTheTruth() {
        String key = Ids.next();
        TestStores.redis().pause();
        try {
            assertUncertain(hold(key));
        } finally {
            TestStores.redis().resume();
        }

        HoldClient.Held held = HoldClient.held(eventually(() -> hold(key)));

        assertThat(client.seats(event.performanceId()).held()).containsExactly("1-1-1");
        assertThat(HoldClient.held(hold(key)).reservationId()).isEqualTo(held.reservationId());
    }

    @Test
    void aDatabaseThatHangsAnswersUncertainAndTheSameKeyFindsTheTruth() {
        String key = Ids.next();
        HoldClient.held(client.hold(buyer(), event.performanceId(), "1-2-1"));
        TestStores.postgres().pause();
        Instant asked = Instant.now();
        try {
            assertUncertain(hold(key));
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
            assertThat(redis.run(command ->
                                    command.pttl("hold:{" + event.id() + "}:seat:" + event.performanceId() + ":1-1-1"))
                            .block(Duration.ofSeconds(5)))
                    .as("whoever never comes back keeps nobody from the seat for long")
                    .isLessThanOrEqualTo(SeatLocks.UNDECIDED.toMillis());
        } finally {
            TestStores.postgres().resume();
        }

        HoldClient.Held held = HoldClient.held(eventually(() -> hold(key)));

        assertThat(held.seatIds()).containsExactly("1-1-1");
        assertThat(HoldClient.problem(client.hold(buyer(), event.performanceId(), "1-1-1"), 409))
                .containsEntry("code", "SEAT_TAKEN");
    }

    private ResponseSpec hold(String key) {
        return client.post(
                buyer, key, null, Map.of("performanceId", event.performanceId(), "seatIds", List.of("1-1-1")));
    }

    /** Asks until the answer is a hold. */
    private static ResponseSpec eventually(Supplier<ResponseSpec> asking) {
        Instant deadline = Instant.now().plusSeconds(40);
        while (true) {
            ResponseSpec answer = asking.get();
            int status = answer.returnResult(String.class).getStatus().value();
            if (status == 201 || Instant.now().isAfter(deadline)) {
                return answer;
            }
            assertThat(status).isIn(409, 503);
            Mono.delay(Duration.ofMillis(300)).block();
        }
    }

    private static void assertUncertain(ResponseSpec answer) {
        answer.expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
    }
}
