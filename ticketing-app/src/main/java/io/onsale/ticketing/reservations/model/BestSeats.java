package io.onsale.ticketing.reservations.model;

import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.Seating.SeatRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Choosing the best seats of a grade: side by side in one row, rows in the hall's order, near the middle of the row, and without
 * leaving a single free seat between others, unless there is no other way.
 */
public final class BestSeats {

    private BestSeats() {}

    /**
     * Seat ids side by side; empty when there are none.
     *
     * @param accessible whether a wheelchair place must be among them; without, wheelchair places are left to those who need them
     *     as long as there is a choice
     */
    public static Optional<List<String>> choose(
            PerformanceOffer offer, String grade, int quantity, boolean accessible, Set<String> notFree) {
        List<Block> blocks = new ArrayList<>();
        List<SeatRow> rows = offer.rows(grade);
        for (int row = 0; row < rows.size(); row++) {
            collect(offer, rows.get(row), row, quantity, notFree, blocks);
        }
        return blocks.stream()
                .filter(block -> !accessible || block.accessible() > 0)
                .min(order(accessible))
                .map(Block::seatIds);
    }

    /**
     * Seats side by side.
     *
     * @param orphans free seats left alone by taking them
     * @param accessible wheelchair places among them
     * @param fromMiddle distance from the middle of the row, in half seats
     */
    private record Block(List<String> seatIds, int row, int orphans, int accessible, int fromMiddle) {}

    private static Comparator<Block> order(boolean accessible) {
        Comparator<Block> considerate = Comparator.comparingInt(Block::orphans);
        if (!accessible) {
            considerate = considerate.thenComparingInt(Block::accessible);
        }
        return considerate.thenComparingInt(Block::row).thenComparingInt(Block::fromMiddle);
    }

    private static void collect(
            PerformanceOffer offer, SeatRow row, int rowIndex, int quantity, Set<String> notFree, List<Block> blocks) {
        List<String> seats = row.seatIds();
        for (int start = 0; start + quantity <= seats.size(); start++) {
            List<String> block = seats.subList(start, start + quantity);
            if (block.stream().anyMatch(notFree::contains) || !areNeighbours(offer, block)) {
                continue;
            }
            int orphans = orphan(offer, seats, start - 1, start - 2, notFree)
                    + orphan(offer, seats, start + quantity, start + quantity + 1, notFree);
            int accessible =
                    (int) block.stream().filter(id -> isAccessible(offer, id)).count();
            int fromMiddle = Math.abs(2 * start + quantity - seats.size());
            blocks.add(new Block(List.copyOf(block), rowIndex, orphans, accessible, fromMiddle));
        }
    }

    /** 1 when the seat beside the block is free and its other neighbour is not: it would be left alone. */
    private static int orphan(PerformanceOffer offer, List<String> seats, int beside, int beyond, Set<String> notFree) {
        int inBlock = beside < beyond ? beside - 1 : beside + 1;
        if (!isFree(seats, beside, notFree) || !areNeighbours(offer, List.of(seats.get(beside), seats.get(inBlock)))) {
            return 0;
        }
        boolean hasCompany =
                isFree(seats, beyond, notFree) && areNeighbours(offer, List.of(seats.get(beside), seats.get(beyond)));
        return hasCompany ? 0 : 1;
    }

    private static boolean isFree(List<String> seats, int index, Set<String> notFree) {
        return index >= 0 && index < seats.size() && !notFree.contains(seats.get(index));
    }

    private static boolean areNeighbours(PerformanceOffer offer, List<String> seats) {
        for (int i = 1; i < seats.size(); i++) {
            if (Math.abs(number(offer, seats.get(i)) - number(offer, seats.get(i - 1))) != 1) {
                return false;
            }
        }
        return true;
    }

    private static int number(PerformanceOffer offer, String seatId) {
        return offer.seat(seatId).orElseThrow().seat().number();
    }

    private static boolean isAccessible(PerformanceOffer offer, String seatId) {
        return offer.seat(seatId).orElseThrow().seat().accessible();
    }
}
