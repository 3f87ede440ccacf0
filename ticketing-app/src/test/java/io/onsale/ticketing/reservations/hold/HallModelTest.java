package io.onsale.ticketing.reservations.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.redis.Redis;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.reservations.HoldClient;
import io.onsale.ticketing.reservations.HoldClient.Held;
import io.onsale.ticketing.reservations.Reservations;
import io.onsale.ticketing.reservations.Reservations.Confirmation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/**
 * The whole app on real stores against a map of six seats: whatever three buyers, the clock, the money and a forgetful Redis do, in
 * any order, each seat has the owner that the map says, and its fence only rises.
 */
class HallModelTest extends TicketingTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int SEATS = 6;
    private static final int LIMIT = 4;
    private static final int ROWS = 300;

    /** Each history has a row of the hall for itself. */
    private static final AtomicInteger NEXT_ROW = new AtomicInteger(1);

    private enum Act {
        HOLD,
        HOLD_AGAIN,
        CHANGE,
        RELEASE,
        PAY,
        DECLINE,
        MONEY,
        SECOND_MONEY,
        LAPSE,
        CANCEL,
        FORGET
    }

    private enum State {
        HELD,
        SOLD,
        LAPSED,
        OVER
    }

    /**
     * @param buyer of three
     * @param which of the reservations so far
     * @param seats of the row, from 1
     */
    private record Step(Act act, int buyer, int which, Set<Integer> seats) {}

    /** A reservation as the map knows it. */
    private static final class Entry {
        private final int buyer;
        private final String id;
        private Set<Integer> seats;
        private State state = State.HELD;
        private boolean paid;
        private String firstMoney = "";

        private Entry(int buyer, String id, Set<Integer> seats) {
            this.buyer = buyer;
            this.id = id;
            this.seats = seats;
        }

        private boolean isLive() {
            return state == State.HELD || state == State.SOLD;
        }
    }

    @Autowired
    private Reservations reservations;

    @Autowired
    private ExpireHolds sweeper;

    @Autowired
    private Redis redis;

    private HoldClient client;
    private TestEvent event;

    @BeforeProperty
    void startTheAppAndOneHall() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
        http = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(SOON)
                .build();
        client = new HoldClient(http);
        event = events().create(Plan.simple().seats(ROWS, SEATS));
    }

    /** One history: its row, its buyers, and the map. */
    private final class History {
        private final int row = NEXT_ROW.getAndIncrement();
        private final List<TestUser> buyers = List.of(user(Role.BUYER), user(Role.BUYER), user(Role.BUYER));
        private final List<Entry> entries = new ArrayList<>();
        private final Map<Integer, Long> fences = new HashMap<>();

        private void take(Step step) {
            Entry entry = entries.isEmpty() ? null : entries.get(step.which % entries.size());
            switch (step.act) {
                case HOLD -> hold(step.buyer, step.seats);
                case FORGET -> forget();
                default -> {
                    if (entry != null) {
                        take(step, entry);
                    }
                }
            }
            assertThat(owners()).as("after %s", step).isEqualTo(expected());
        }

        private void take(Step step, Entry entry) {
            switch (step.act) {
                case HOLD_AGAIN -> hold(entry.buyer, entry.seats);
                case CHANGE -> change(entry, step.seats);
                case RELEASE -> release(entry);
                case PAY -> pay(entry);
                case DECLINE -> block(reservations.paymentDeclined(entry.id));
                case MONEY -> money(entry, "payment");
                case SECOND_MONEY -> money(entry, "another payment");
                case LAPSE -> lapse(entry);
                case CANCEL -> cancel(entry);
                case HOLD, FORGET -> throw new IllegalStateException();
            }
        }

        private void hold(int buyer, Set<Integer> seats) {
            var answer = client.hold(buyers.get(buyer), event.performanceId(), ids(seats));
            if (seats.stream().anyMatch(this::isTaken) || count(buyer) + seats.size() > LIMIT) {
                answer.expectStatus().isEqualTo(409);
                return;
            }
            Held held = HoldClient.held(answer);
            rising(held);
            entries.add(new Entry(buyer, held.reservationId(), seats));
        }

        private void change(Entry entry, Set<Integer> seats) {
            var answer = client.change(buyers.get(entry.buyer), entry.id, ids(seats));
            boolean free = seats.stream().noneMatch(seat -> isTaken(seat) && !entry.seats.contains(seat));
            boolean within = count(entry.buyer) - entry.seats.size() + seats.size() <= LIMIT;
            if (entry.state == State.HELD && !entry.paid && free && within) {
                answer.expectStatus().isOk();
                entry.seats = seats;
            } else {
                answer.expectStatus().isEqualTo(409);
            }
        }

        private void release(Entry entry) {
            var answer = client.release(buyers.get(entry.buyer), entry.id);
            if (entry.state == State.SOLD || (entry.state == State.OVER && entry.paid)) {
                // Sold seats are not let go like held ones; a booking that was cancelled has none.
                assertThat(answer.returnResult(Void.class).getStatus().value()).isIn(204, 409);
            } else {
                answer.expectStatus().isNoContent();
                entry.state = entry.state == State.HELD ? State.OVER : entry.state;
            }
        }

        /** From here until the money is there or was declined, the seats cannot be changed. */
        private void pay(Entry entry) {
            if (entry.state == State.HELD) {
                String token = reservations.paymentToken(
                        Objects.requireNonNull(reservations.find(entry.id).block(SOON)));
                block(reservations.beginPaying(entry.id, buyers.get(entry.buyer).id(), token));
                block(reservations.paymentDeclined(entry.id));
            }
        }

        private void money(Entry entry, String payment) {
            Confirmation confirmation =
                    reservations.confirm(entry.id, payment + entry.id).block(SOON);
            if (confirmation instanceof Confirmation.Ended) {
                confirmation = reservations.retake(entry.id, payment + entry.id).block(SOON);
            }
            boolean free = entry.seats.stream().noneMatch(this::isTaken);
            boolean within = count(entry.buyer) + entry.seats.size() <= LIMIT;
            if (entry.state == State.HELD || (entry.state == State.LAPSED && free && within)) {
                assertThat(confirmation).isInstanceOf(Confirmation.Confirmed.class);
                entry.state = State.SOLD;
                entry.paid = true;
                entry.firstMoney = payment;
            } else if (entry.paid) {
                assertThat(confirmation instanceof Confirmation.Confirmed)
                        .as("the same money twice is one sale, other money is none")
                        .isEqualTo(payment.equals(entry.firstMoney));
            } else {
                assertThat(confirmation).isNotInstanceOf(Confirmation.Confirmed.class);
            }
        }

        /** Its time runs out in both stores. */
        private void lapse(Entry entry) {
            if (entry.state != State.HELD) {
                return;
            }
            block(database.sql("update reservations.reservations set expires_at = clock_timestamp() where id = $1")
                    .bind("$1", entry.id)
                    .then());
            block(redis.run(commands -> commands.del(keys(entry.seats))));
            block(sweeper.expire(entry.id));
            entry.state = State.LAPSED;
        }

        private void cancel(Entry entry) {
            if (entry.state == State.SOLD) {
                block(reservations.beginCancelling(entry.id));
                block(reservations.cancelled(entry.id));
                entry.state = State.OVER;
            }
        }

        /** Redis is wiped: of this row, so that other tests keep theirs. */
        private void forget() {
            block(redis.run(commands -> commands.del(keys(Set.of(1, 2, 3, 4, 5, 6)))));
        }

        private boolean isTaken(int seat) {
            return entries.stream().anyMatch(entry -> entry.isLive() && entry.seats.contains(seat));
        }

        private int count(int buyer) {
            return entries.stream()
                    .filter(entry -> entry.isLive() && entry.buyer == buyer)
                    .mapToInt(entry -> entry.seats.size())
                    .sum();
        }

        private void rising(Held held) {
            for (Held.Seat seat : held.seats()) {
                int number =
                        Integer.parseInt(seat.seatId().substring(seat.seatId().lastIndexOf('-') + 1));
                Long before = fences.put(number, seat.fence());
                assertThat(seat.fence()).isGreaterThan(before == null ? 0 : before);
            }
        }

        private Map<String, String> expected() {
            Map<String, String> owners = new TreeMap<>();
            entries.stream()
                    .filter(Entry::isLive)
                    .forEach(entry -> entry.seats.forEach(seat -> owners.put(id(seat), entry.id + entry.state)));
            return owners;
        }

        private Map<String, String> owners() {
            Map<String, String> owners = new TreeMap<>();
            Objects.requireNonNull(database.sql("select seat_id, reservation_id, sold from reservations.claims"
                                    + " where performance_id = $1 and live and seat_id like '1-' || $2 || '-%'")
                            .bind("$1", event.performanceId())
                            .bind("$2", Integer.toString(row))
                            .map(found -> List.of(
                                    Objects.requireNonNull(found.get(0, String.class)),
                                    found.get(1, String.class)
                                            + (Boolean.TRUE.equals(found.get(2, Boolean.class))
                                                    ? State.SOLD
                                                    : State.HELD)))
                            .all()
                            .collectList()
                            .block(SOON))
                    .forEach(found -> owners.put(found.get(0), found.get(1)));
            return owners;
        }

        private String id(int seat) {
            return "1-" + row + "-" + seat;
        }

        private String[] ids(Set<Integer> seats) {
            return seats.stream().map(this::id).toArray(String[]::new);
        }

        private String[] keys(Set<Integer> seats) {
            return seats.stream()
                    .map(seat -> "hold:{" + event.id() + "}:seat:" + event.performanceId() + ":" + id(seat))
                    .toArray(String[]::new);
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void everySeatHasTheOwnerThatTheMapSays(@ForAll("histories") List<Step> steps) {
        History history = new History();
        steps.forEach(history::take);
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Set<Integer>> seats = Arbitraries.integers()
                .between(1, SEATS)
                .set()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(TreeSet::new);
        Arbitrary<Act> acts = Arbitraries.frequency(
                Tuple.of(4, Act.HOLD),
                Tuple.of(1, Act.HOLD_AGAIN),
                Tuple.of(2, Act.CHANGE),
                Tuple.of(1, Act.RELEASE),
                Tuple.of(1, Act.PAY),
                Tuple.of(1, Act.DECLINE),
                Tuple.of(3, Act.MONEY),
                Tuple.of(1, Act.SECOND_MONEY),
                Tuple.of(3, Act.LAPSE),
                Tuple.of(1, Act.CANCEL),
                Tuple.of(2, Act.FORGET));
        return Combinators.combine(
                        acts,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 50),
                        seats)
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(25);
    }

    private static void block(Mono<?> work) {
        work.then().block(SOON);
    }
}
