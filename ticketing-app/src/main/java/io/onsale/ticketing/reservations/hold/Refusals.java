package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.ticketing.reservations.ReservationsProblem;
import io.onsale.ticketing.reservations.postgres.Decision;

/** The database's "no" in the words of the API. */
final class Refusals {

    private Refusals() {}

    static ProblemException of(Decision decision) {
        return problem(decision).asException();
    }

    private static Problem problem(Decision decision) {
        return switch (decision.outcome()) {
            case SEAT_TAKEN -> Problem.of(ReservationsProblem.SEAT_TAKEN).with("seatIds", decision.ids());
            case PASS_REQUIRED -> Problem.of(ReservationsProblem.PASS_REQUIRED);
            case PASS_IN_USE -> Problem.of(ReservationsProblem.PASS_IN_USE);
            case LIMIT_EXCEEDED ->
                Problem.of(ReservationsProblem.LIMIT_EXCEEDED).with("limit", decision.number());
            case SALE_CLOSED -> Problem.of(ReservationsProblem.SALE_CLOSED);
            case SALE_NOT_OPEN -> opensLater(decision);
            default -> Problem.of(CommonProblem.CONFLICT);
        };
    }

    private static Problem opensLater(Decision decision) {
        Problem closed = Problem.of(ReservationsProblem.SALE_CLOSED);
        return decision.moment() == null ? closed : closed.with("opensAt", decision.moment());
    }
}
