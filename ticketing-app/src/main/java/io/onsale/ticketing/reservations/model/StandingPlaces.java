package io.onsale.ticketing.reservations.model;

import io.onsale.ticketing.catalog.Seating.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Choosing places of a standing area: any free ones will do, so that buyers at the same moment seldom want the same. */
public final class StandingPlaces {

    private StandingPlaces() {}

    /** That many free places from a random point on; empty when fewer are left. */
    public static Optional<List<String>> choose(Area area, int quantity, Set<String> notFree, RandomGenerator random) {
        if (quantity > area.capacity()) {
            return Optional.empty();
        }
        List<String> chosen = new ArrayList<>(quantity);
        int start = random.nextInt(area.capacity());
        for (int i = 0; i < area.capacity() && chosen.size() < quantity; i++) {
            String place = area.place((start + i) % area.capacity() + 1);
            if (!notFree.contains(place)) {
                chosen.add(place);
            }
        }
        return chosen.size() == quantity ? Optional.of(chosen) : Optional.empty();
    }
}
