package io.onsale.ticketing.reservations.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.Seating;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Seats side by side, nobody left alone, and those who need a wheelchair place sit with who came along. */
class BestSeatsTest {

    private static final int SEATS = 12;

    /** One row of grade R; its first and last seats are wheelchair places. */
    private static final class OneRow implements Seating {

        @Override
        public int total() {
            return SEATS;
        }

        @Override
        public List<String> grades() {
            return List.of("R");
        }

        @Override
        public int total(String grade) {
            return SEATS;
        }

        @Override
        public Optional<Seat> seat(String seatId) {
            return seats().filter(seat -> seat.id().equals(seatId)).findFirst();
        }

        @Override
        public Optional<Area> area(String idOrName) {
            return Optional.empty();
        }

        @Override
        public List<Area> areas() {
            return List.of();
        }

        @Override
        public List<SeatRow> rows(String grade) {
            return List.of(new SeatRow("1", "1", seats().map(Seat::id).toList()));
        }

        @Override
        public Stream<Seat> seats() {
            return IntStream.rangeClosed(1, SEATS)
                    .mapToObj(n -> new Seat(id(n), "1", "R", "1", n, n, 1, n == 1 || n == SEATS, false, ""));
        }
    }

    private static final PerformanceOffer OFFER = new PerformanceOffer(
            "p",
            "e",
            "s",
            1,
            "Concert",
            "Artist",
            "Venue",
            "Hall",
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.EPOCH,
            4,
            false,
            false,
            Map.of("R", 1_000L),
            Set.of(),
            new OneRow());

    private static String id(int number) {
        return "1-1-" + number;
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    }

    private static Optional<List<Integer>> choose(int quantity, boolean accessible, Set<Integer> taken) {
        Set<String> notFree = new HashSet<>();
        taken.forEach(seat -> notFree.add(id(seat)));
        return BestSeats.choose(OFFER, "R", quantity, accessible, notFree)
                .map(ids -> ids.stream().map(BestSeatsTest::number).sorted().toList());
    }

    private static boolean isFree(int seat, Set<Integer> taken) {
        return seat >= 1 && seat <= SEATS && !taken.contains(seat);
    }

    /** Free seats without a free neighbour, that had one before. */
    private static long leftAlone(Set<Integer> before, List<Integer> chosen) {
        Set<Integer> after = new HashSet<>(before);
        after.addAll(chosen);
        return IntStream.rangeClosed(1, SEATS)
                .filter(seat -> isFree(seat, after))
                .filter(seat -> !isFree(seat - 1, after) && !isFree(seat + 1, after))
                .filter(seat -> isFree(seat - 1, before) || isFree(seat + 1, before))
                .count();
    }

    private static Stream<List<Integer>> blocks(int quantity, Set<Integer> taken) {
        return IntStream.rangeClosed(1, SEATS - quantity + 1)
                .mapToObj(start ->
                        IntStream.range(start, start + quantity).boxed().toList())
                .filter(block -> block.stream().allMatch(seat -> isFree(seat, taken)));
    }

    @Property
    void sideBySideAndNobodyLeftAloneUnlessThereIsNoOtherWay(
            @ForAll @IntRange(min = 1, max = 4) int quantity,
            @ForAll @Size(max = 10) Set<@IntRange(min = 1, max = SEATS) Integer> taken) {
        Optional<List<Integer>> chosen = choose(quantity, false, taken);
        List<List<Integer>> possible = blocks(quantity, taken).toList();
        assertThat(chosen.isPresent()).isEqualTo(!possible.isEmpty());
        chosen.ifPresent(seats -> {
            assertThat(possible).contains(seats);
            assertThat(leftAlone(taken, seats))
                    .isEqualTo(possible.stream()
                            .mapToLong(block -> leftAlone(taken, block))
                            .min()
                            .orElseThrow());
        });
    }

    @Property
    void whoNeedsAWheelchairPlaceGetsOneWithTheOthersBesideIt(
            @ForAll @IntRange(min = 1, max = 4) int quantity,
            @ForAll @Size(max = 10) Set<@IntRange(min = 1, max = SEATS) Integer> taken) {
        Optional<List<Integer>> chosen = choose(quantity, true, taken);
        boolean possible = blocks(quantity, taken).anyMatch(block -> block.contains(1) || block.contains(SEATS));
        assertThat(chosen.isPresent()).isEqualTo(possible);
        chosen.ifPresent(seats -> {
            assertThat(seats).containsAnyOf(1, SEATS);
            assertThat(blocks(quantity, taken)).contains(seats);
        });
    }

    @Example
    void wheelchairPlacesAreLeftToThoseWhoNeedThem() {
        Set<Integer> taken = Set.of(3, 4, 5, 6, 7, 8);
        assertThat(choose(2, false, taken)).hasValue(List.of(9, 10));
    }
}
