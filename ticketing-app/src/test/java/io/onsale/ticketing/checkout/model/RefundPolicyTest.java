package io.onsale.ticketing.checkout.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundPolicyTest {

    private static final RefundPolicy STANDARD = RefundPolicy.KOREAN_STANDARD;

    /** A Saturday. */
    private static final Instant PERFORMANCE = seoul("2026-12-19T19:00");

    private static final Instant BOOKED = seoul("2026-11-01T12:00");

    private static Instant seoul(String time) {
        return LocalDateTime.parse(time).atZone(ZoneId.of("Asia/Seoul")).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        // within 7 days of booking
        "2026-11-01T12:01, 154000, 0",
        "2026-11-08T23:59, 154000, 0",
        // from the 8th day on, 10 days or more left: 4,000 won, at most 10 %
        "2026-11-09T00:00, 154000, 4000",
        "2026-12-09T23:59, 154000, 4000",
        "2026-12-09T23:59, 30000, 3000",
        // 9 to 7 days
        "2026-12-10T00:00, 154000, 15400",
        "2026-12-12T23:59, 154000, 15400",
        // 6 to 3 days
        "2026-12-13T00:00, 154000, 30800",
        "2026-12-16T23:59, 154000, 30800",
        // 2 to 1 days
        "2026-12-17T00:00, 154000, 46200",
        "2026-12-18T16:59, 154000, 46200",
    })
    void theKoreanStandardByDate(String now, long price, long fee) {
        assertThat(STANDARD.isOpen(PERFORMANCE, seoul(now))).isTrue();
        assertThat(STANDARD.fee(price, BOOKED, PERFORMANCE, seoul(now))).isEqualTo(fee);
    }

    @Test
    void cancellingEndsAtFiveTheDayBefore() {
        assertThat(STANDARD.closesAt(PERFORMANCE)).isEqualTo(seoul("2026-12-18T17:00"));
        assertThat(STANDARD.isOpen(PERFORMANCE, seoul("2026-12-18T17:00"))).isFalse();
        assertThat(STANDARD.isOpen(PERFORMANCE, seoul("2026-12-19T10:00"))).isFalse();
    }

    @Test
    void onASaturdayItEndsAtEleven() {
        Instant sunday = seoul("2026-12-20T15:00");
        assertThat(STANDARD.closesAt(sunday)).isEqualTo(seoul("2026-12-19T11:00"));
    }

    @Test
    void aLateBookingHasNoFreeDays() {
        Instant booked = seoul("2026-12-11T10:00");
        assertThat(STANDARD.fee(100_000, booked, PERFORMANCE, booked.plusSeconds(60)))
                .isEqualTo(10_000);
    }

    @Property
    void theFeeIsNeverMoreThanThePriceAndNeverFallsAsTimeRuns(
            @ForAll @LongRange(min = 0, max = 10_000_000) long price,
            @ForAll @IntRange(min = 0, max = 1_100) int hours,
            @ForAll @IntRange(min = 0, max = 200) int later) {
        Instant now = BOOKED.plusSeconds(hours * 3_600L);
        long fee = STANDARD.fee(price, BOOKED, PERFORMANCE, now);
        assertThat(fee).isBetween(0L, price);
        assertThat(STANDARD.fee(price, BOOKED, PERFORMANCE, now.plusSeconds(later * 3_600L)))
                .isGreaterThanOrEqualTo(fee);
    }
}
