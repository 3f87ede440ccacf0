package io.onsale.ticketing.catalog.model;

import io.onsale.platform.problem.FieldProblem;
import io.onsale.ticketing.catalog.model.Event.Performance;
import io.onsale.ticketing.catalog.model.Event.Price;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What an event must fulfil, and what of it may still change. */
public final class EventRules {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private EventRules() {}

    /** All that is wrong with the event in a hall with these grades; empty when it is good. */
    public static List<FieldProblem> check(Event event, Collection<String> grades) {
        List<FieldProblem> problems = new ArrayList<>();
        checkTimes(event, problems);
        checkPrices(event, grades, problems);
        WaitingRoom room = event.waitingRoom();
        if (room != null && room.preQueueOpensAt() != null) {
            Instant preQueue = room.preQueueOpensAt();
            checkInTime("waitingRoom.preQueueOpensAt", preQueue, problems);
            if (!preQueue.isBefore(event.sale().opensAt())) {
                problems.add(FieldProblem.of("waitingRoom.preQueueOpensAt", "BeforeOpening"));
            }
        }
        return problems;
    }

    /** Fields that differ although sales have begun; empty when the change is allowed. */
    public static List<String> frozen(Event before, Event after, Instant now) {
        if (before.status(now).isBeforeSales()) {
            return List.of();
        }
        List<String> fields = new ArrayList<>();
        if (!before.sale().opensAt().equals(after.sale().opensAt())) {
            fields.add("saleOpensAt");
        }
        if (before.maxSeatsPerBuyer() != after.maxSeatsPerBuyer()) {
            fields.add("maxSeatsPerBuyer");
        }
        if (!before.prices().equals(after.prices())) {
            fields.add("prices");
        }
        if (!before.performances().equals(after.performances())) {
            fields.add("performances");
        }
        if (!Objects.equals(before.waitingRoom() == null, after.waitingRoom() == null)) {
            fields.add("waitingRoom");
        }
        return fields;
    }

    private static void checkTimes(Event event, List<FieldProblem> problems) {
        checkInTime("saleOpensAt", event.sale().opensAt(), problems);
        checkInTime("saleClosesAt", event.sale().closesAt(), problems);
        if (!event.sale().opensAt().isBefore(event.sale().closesAt())) {
            problems.add(FieldProblem.of("saleClosesAt", "Window"));
        }
        Set<Instant> starts = new HashSet<>();
        for (int i = 0; i < event.performances().size(); i++) {
            Performance performance = event.performances().get(i);
            String path = "performances[" + i + "].startsAt";
            checkInTime(path, performance.startsAt(), problems);
            if (!starts.add(performance.startsAt())) {
                problems.add(FieldProblem.of(path, "Duplicate"));
            }
            if (!performance.startsAt().isAfter(event.sale().opensAt())) {
                problems.add(FieldProblem.of(path, "AfterOpening"));
            }
        }
    }

    private static void checkInTime(String field, Instant time, List<FieldProblem> problems) {
        if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
            problems.add(FieldProblem.of(field, "InTime"));
        }
    }

    private static void checkPrices(Event event, Collection<String> grades, List<FieldProblem> problems) {
        Set<String> priced = new HashSet<>();
        for (int i = 0; i < event.prices().size(); i++) {
            Price price = event.prices().get(i);
            String path = "prices[" + i + "].grade";
            if (!priced.add(price.grade())) {
                problems.add(FieldProblem.of(path, "Duplicate"));
            }
            if (!grades.contains(price.grade())) {
                problems.add(FieldProblem.of(path, "NoSuchGrade"));
            }
        }
        for (String grade : grades) {
            if (!priced.contains(grade)) {
                problems.add(new FieldProblem("prices", "PriceMissing", Map.of("grade", grade)));
            }
        }
    }
}
