package io.onsale.ticketing.checkout.model;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer who cancels does not get back, by the days left until the performance (REQ-PAY refunds; the Korean standard is the
 * default). Days are dates in Seoul.
 *
 * @param grades a fee for each stretch of days; the one with the most {@code daysLeft} that still fits applies
 * @param freeDays so many days after booking cancelling is free, if at least {@code freeWhileDaysLeft} days are left
 * @param cutOff on the day before the performance nothing can be cancelled after this time
 * @param saturdayCutOff the same where the day before is a Saturday
 */
@Schema(example = """
        {"grades": [{"daysLeft": 7, "percent": 10, "atMostPerTicket": 4000}, {"daysLeft": 1, "percent": 30, "atMostPerTicket": 0}],
         "freeDays": 7, "freeWhileDaysLeft": 10, "cutOff": "17:00", "saturdayCutOff": "11:00"}
        """)
public record RefundPolicy(
        @NotEmpty @Size(max = 20) List<@Valid @NotNull Grade> grades,
        @Min(0) @Max(365) int freeDays,
        @Min(0) @Max(365) int freeWhileDaysLeft,
        @NotNull LocalTime cutOff,
        @NotNull LocalTime saturdayCutOff) {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /** Published notices of concert venues: 4,000 won at most 10 %, then 10, 20 and 30 %. */
    public static final RefundPolicy KOREAN_STANDARD = new RefundPolicy(
            List.of(new Grade(10, 10, 4_000), new Grade(7, 10, 0), new Grade(3, 20, 0), new Grade(1, 30, 0)),
            7,
            10,
            LocalTime.of(17, 0),
            LocalTime.of(11, 0));

    /**
     * From so many days left on.
     *
     * @param percent of the price
     * @param atMostPerTicket whole won; 0: no such limit
     */
    public record Grade(
            @Min(0) @Max(3650) int daysLeft,
            @Min(0) @Max(100) int percent,
            @Min(0) long atMostPerTicket) {

        long fee(long price) {
            long share = price * percent / 100;
            return atMostPerTicket == 0 ? share : Math.min(share, atMostPerTicket);
        }
    }

    public RefundPolicy {
        grades = List.copyOf(grades);
    }

    /** When cancelling ends. */
    public Instant closesAt(Instant performance) {
        LocalDate dayBefore = performance.atZone(SEOUL).toLocalDate().minusDays(1);
        LocalTime time = dayBefore.getDayOfWeek() == DayOfWeek.SATURDAY ? saturdayCutOff : cutOff;
        return dayBefore.atTime(time).atZone(SEOUL).toInstant();
    }

    public boolean isOpen(Instant performance, Instant now) {
        return now.isBefore(closesAt(performance)) && gradeFor(daysLeft(performance, now)) != null;
    }

    /** What of one ticket's price is kept, whole won. */
    public long fee(long price, Instant booked, Instant performance, Instant now) {
        long left = daysLeft(performance, now);
        boolean justBooked = Duration.between(day(booked), day(now)).toDays() <= freeDays;
        if (justBooked && left >= freeWhileDaysLeft) {
            return 0;
        }
        Grade grade = gradeFor(left);
        return grade == null ? price : grade.fee(price);
    }

    private @Nullable Grade gradeFor(long left) {
        return grades.stream()
                .filter(grade -> grade.daysLeft() <= left)
                .max(Comparator.comparingInt(Grade::daysLeft))
                .orElse(null);
    }

    private static long daysLeft(Instant performance, Instant now) {
        return ChronoUnit.DAYS.between(
                now.atZone(SEOUL).toLocalDate(), performance.atZone(SEOUL).toLocalDate());
    }

    private static Instant day(Instant time) {
        return time.atZone(SEOUL).toLocalDate().atStartOfDay(SEOUL).toInstant();
    }
}
