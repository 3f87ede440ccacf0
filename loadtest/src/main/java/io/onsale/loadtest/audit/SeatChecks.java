package io.onsale.loadtest.audit;

import java.util.List;
import java.util.Map;

/** Invariants 1, 2, 4 and 8, as PostgreSQL has them: whose seat it is, by which fence, until when, and how many there are. */
final class SeatChecks {

    private static final String LIVE = "('PENDING', 'PAYING', 'CONFIRMED', 'CANCELLING')";
    private static final int SLACK_SECONDS = 15;

    private final Rows rows;
    private final Scope scope;

    SeatChecks(Rows rows, Scope scope) {
        this.rows = rows;
        this.scope = scope;
    }

    List<Finding> all() {
        return List.of(
                oneClaimPerSeat(),
                oneTicketPerSeat(),
                claimsBelongToLiveReservations(),
                confirmedHaveTheirSeats(),
                areasWithinCapacity(),
                fencesRise(),
                seatsChangeHandsInOrder(),
                holdsEnd(),
                seatsAddUp(),
                passBacksOne());
    }

    private Finding oneClaimPerSeat() {
        return finding(
                "1 one claim per seat",
                "seats with more than one live claim",
                "select count(*) from reservations.claims c join reservations.reservations r on r.id = c.reservation_id"
                        + " where c.live and " + scope.on("r.event_id"),
                "select c.performance_id, c.seat_id, string_agg(r.id, ', ') as reservations"
                        + " from reservations.claims c join reservations.reservations r on r.id = c.reservation_id"
                        + " where c.live and " + scope.on("r.event_id")
                        + " group by 1, 2 having count(*) > 1");
    }

    private Finding oneTicketPerSeat() {
        return finding(
                "1 one claim per seat",
                "seats with more than one ticket that is good or used",
                "select count(*) from tickets.tickets t where " + scope.on("t.event_id"),
                "select t.performance_id, t.seat_id, string_agg(t.number, ', ') as tickets from tickets.tickets t"
                        + " where t.status in ('VALID', 'USED') and " + scope.on("t.event_id")
                        + " group by 1, 2 having count(*) > 1");
    }

    private Finding claimsBelongToLiveReservations() {
        return finding(
                "1 one claim per seat",
                "live claims whose reservation is over",
                "select count(*) from reservations.claims c join reservations.reservations r on r.id = c.reservation_id"
                        + " where c.live and " + scope.on("r.event_id"),
                "select r.id, r.status, c.seat_id from reservations.claims c"
                        + " join reservations.reservations r on r.id = c.reservation_id"
                        + " where c.live and r.status not in " + LIVE + " and " + scope.on("r.event_id"));
    }

    private Finding confirmedHaveTheirSeats() {
        return finding(
                "1 one claim per seat",
                "confirmed reservations without the seats they paid for",
                "select count(*) from reservations.reservations r where r.status = 'CONFIRMED' and "
                        + scope.on("r.event_id"),
                "select r.id, r.amount, coalesce(sum(c.amount) filter (where c.live), 0) as claimed"
                        + " from reservations.reservations r left join reservations.claims c on c.reservation_id = r.id"
                        + " where r.status = 'CONFIRMED' and " + scope.on("r.event_id")
                        + " group by r.id having r.amount <> coalesce(sum(c.amount) filter (where c.live), 0)"
                        + " or count(*) filter (where c.live) = 0");
    }

    private Finding areasWithinCapacity() {
        return finding(
                "1 one claim per seat",
                "standing areas filled above their capacity",
                "select count(*) from reservations.areas a join reservations.sales s using (performance_id) where "
                        + scope.on("s.event_id"),
                "select a.performance_id, a.area_id, a.capacity, count(*) as taken from reservations.areas a"
                        + " join reservations.sales s using (performance_id)"
                        + " join reservations.claims c on c.performance_id = a.performance_id and c.area_id = a.area_id"
                        + " and c.live where " + scope.on("s.event_id")
                        + " group by 1, 2, 3 having count(*) > a.capacity");
    }

    private Finding fencesRise() {
        return finding(
                "2 fences rise",
                "seats with a fence used twice or a newest fence forgotten",
                "select count(*) from reservations.seat_fences f join reservations.sales s using (performance_id) where "
                        + scope.on("s.event_id"),
                "select c.performance_id, c.seat_id, max(c.fence) as newest, max(f.fence) as remembered"
                        + " from reservations.claims c join reservations.sales s using (performance_id)"
                        + " left join reservations.seat_fences f using (performance_id, seat_id) where "
                        + scope.on("s.event_id")
                        + " group by 1, 2 having count(*) <> count(distinct c.fence)"
                        + " or max(c.fence) is distinct from max(f.fence)");
    }

    /**
     * A seat's claims in the order of their fences: each ended before the next began, and none but the last is alive. A claim begins
     * with its reservation, unless it came in by a later change of seats.
     */
    private Finding seatsChangeHandsInOrder() {
        return finding(
                "2 fences rise",
                "seats whose claims overlap, or end in another order than they began",
                "select count(*) from reservations.claims c join reservations.reservations r on r.id = c.reservation_id"
                        + " where " + scope.on("r.event_id"),
                "with history as (select c.performance_id, c.seat_id, c.fence, c.ended_at, r.created_at,"
                        + " c.fence = min(c.fence) over (partition by r.id) as first_of_its_reservation,"
                        + " lead(c.fence) over seat as next_fence, lag(c.fence) over seat as fence_before,"
                        + " lag(c.ended_at) over seat as ended_before"
                        + " from reservations.claims c join reservations.reservations r on r.id = c.reservation_id where "
                        + scope.on("r.event_id")
                        + " window seat as (partition by c.performance_id, c.seat_id order by c.fence))"
                        + " select performance_id, seat_id, fence, fence_before, ended_before, created_at, ended_at from history"
                        + " where (ended_at is null and next_fence is not null)"
                        + " or (fence_before is not null and (ended_before is null or ended_before > ended_at"
                        + " or (first_of_its_reservation and ended_before > created_at)))");
    }

    private Finding holdsEnd() {
        return finding(
                        "4 holds end in time",
                        "holds that outlived their end by more than " + SLACK_SECONDS + " s",
                        "select count(*) from reservations.reservations r where r.status in ('PENDING', 'PAYING') and "
                                + scope.on("r.event_id"),
                        "select r.id, r.status, r.expires_at from reservations.reservations r"
                                + " where r.status in ('PENDING', 'PAYING') and r.expires_at < clock_timestamp() - interval '"
                                + SLACK_SECONDS + " seconds' and " + scope.on("r.event_id"))
                .repairedBy("nothing by itself: a running ticketing-app sweeps them; is one running?");
    }

    private Finding seatsAddUp() {
        return finding(
                "8 seats add up",
                "performances with more seats taken or blocked than the hall has",
                "select count(*) from reservations.sales s where " + scope.on("s.event_id"),
                "select s.performance_id, s.total, s.blocked, count(c.*) as taken from reservations.sales s"
                        + " left join reservations.claims c on c.performance_id = s.performance_id and c.live where "
                        + scope.on("s.event_id")
                        + " group by 1 having count(c.*) + s.blocked > s.total");
    }

    private Finding passBacksOne() {
        return finding(
                "5 admissions",
                "passes that back two live reservations",
                "select count(distinct pass_id) from reservations.reservations r where r.pass_id is not null and "
                        + scope.on("r.event_id"),
                "select r.pass_id, count(*) from reservations.reservations r"
                        + " where r.pass_id is not null and r.status in ('PENDING', 'PAYING', 'CONFIRMED') and "
                        + scope.on("r.event_id") + " group by 1 having count(*) > 1");
    }

    private Finding finding(String invariant, String check, String countSql, String breachSql) {
        return Finding.of(
                invariant,
                check,
                rows.number(countSql),
                rows.of(breachSql).stream().map(Map::toString).toList());
    }
}
