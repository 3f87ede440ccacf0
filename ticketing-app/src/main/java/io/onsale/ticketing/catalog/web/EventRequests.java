package io.onsale.ticketing.catalog.web;

import io.onsale.ticketing.catalog.events.EventForm;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.WaitingRoom;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What clients send about events. */
final class EventRequests {
    /** An id as we give them. */
    static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    /** Any text of one line. */
    static final String ONE_LINE = "\\P{Cntrl}*";
    /** Any text; line breaks and tabs are the only control characters. */
    static final String LINES = "[\\P{Cntrl}\\r\\n\\t]*";
    /** Not only blanks. */
    static final String SOMETHING = "(?s).*\\S.*";

    private EventRequests() {}

    @Schema(example = """
                {"title": "First Night", "artist": "The Band", "hallId": "01980000-0000-7000-8000-000000000002",
                 "saleOpensAt": "2026-03-01T03:00:00Z", "saleClosesAt": "2026-05-01T03:00:00Z", "maxSeatsPerBuyer": 4,
                 "prices": [{"grade": "R", "amount": 110000}, {"grade": "S", "amount": 99000}],
                 "performances": [{"startsAt": "2026-05-02T10:00:00Z"}],
                 "waitingRoom": {"ratePerSecond": 10, "capacity": 50000, "passSeconds": 600, "mode": "FIFO"}}
                """)
    record CreateRequest(
            @NotBlank @Size(max = 200) @Pattern(regexp = ONE_LINE)
            String title,

            @NotBlank @Size(max = 100) @Pattern(regexp = ONE_LINE)
            String artist,

            @Nullable @Size(max = 20_000) @Pattern(regexp = LINES)
            String description,

            @Nullable @Pattern(regexp = "[A-Z][A-Z0-9_]{0,29}")
            String category,

            @NotNull @Pattern(regexp = UUID) String hallId,
            @NotNull Instant saleOpensAt,
            @NotNull Instant saleClosesAt,
            @Nullable @Min(1) @Max(100) Integer maxSeatsPerBuyer,
            @NotNull @Size(min = 1, max = 20) List<@NotNull @Valid PriceRequest> prices,
            @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid PerformanceRequest> performances,
            @Nullable Boolean draft,
            @Nullable @Valid WaitingRoomRequest waitingRoom) {

        EventForm form() {
            return new EventForm(
                    text(title),
                    text(artist),
                    text(description),
                    category,
                    micros(saleOpensAt),
                    micros(saleClosesAt),
                    maxSeatsPerBuyer,
                    pricesOf(prices),
                    starts(performances),
                    waitingRoom == null ? null : waitingRoom.room(),
                    Boolean.TRUE.equals(draft));
        }
    }

    @Schema(example = "{\"description\": \"With an orchestra\", \"maxSeatsPerBuyer\": 2}")
    record ChangeRequest(
            @Nullable @Size(max = 200) @Pattern(regexp = SOMETHING) @Pattern(regexp = ONE_LINE)
            String title,

            @Nullable @Size(max = 100) @Pattern(regexp = SOMETHING) @Pattern(regexp = ONE_LINE)
            String artist,

            @Nullable @Size(max = 20_000) @Pattern(regexp = LINES)
            String description,

            @Nullable @Pattern(regexp = "[A-Z][A-Z0-9_]{0,29}")
            String category,

            @Nullable Instant saleOpensAt,
            @Nullable Instant saleClosesAt,
            @Nullable @Min(1) @Max(100) Integer maxSeatsPerBuyer,
            @Nullable @Size(min = 1, max = 20) List<@NotNull @Valid PriceRequest> prices,
            @Nullable @Size(min = 1, max = 100) List<@NotNull @Valid PerformanceRequest> performances,
            @Nullable @Valid WaitingRoomRequest waitingRoom) {

        EventForm form() {
            return new EventForm(
                    text(title),
                    text(artist),
                    text(description),
                    category,
                    micros(saleOpensAt),
                    micros(saleClosesAt),
                    maxSeatsPerBuyer,
                    prices == null ? null : pricesOf(prices),
                    performances == null ? null : starts(performances),
                    waitingRoom == null ? null : waitingRoom.room(),
                    false);
        }
    }

    record PriceRequest(
            @NotBlank @Size(max = 30) @Pattern(regexp = ONE_LINE)
            String grade,

            @NotNull @Min(0) @Max(100_000_000) Long amount) {}

    record PerformanceRequest(@NotNull Instant startsAt) {}

    record WaitingRoomRequest(
            @Nullable @Min(1) @Max(10_000) Integer ratePerSecond,
            @Nullable @Min(1) @Max(10_000_000) Integer capacity,
            @Nullable @Min(1) @Max(10_000_000) Integer activeLimit,
            @Nullable @Min(10) @Max(7200) Integer passSeconds,
            WaitingRoom.@Nullable Mode mode,
            @Nullable Instant preQueueOpensAt) {
        private static final int DEFAULT_RATE = 10;
        private static final int DEFAULT_CAPACITY = 50_000;
        private static final int DEFAULT_PASS_SECONDS = 600;

        WaitingRoom room() {
            return new WaitingRoom(
                    Objects.requireNonNullElse(ratePerSecond, DEFAULT_RATE),
                    Objects.requireNonNullElse(capacity, DEFAULT_CAPACITY),
                    activeLimit,
                    Objects.requireNonNullElse(passSeconds, DEFAULT_PASS_SECONDS),
                    Objects.requireNonNullElse(mode, WaitingRoom.Mode.FIFO),
                    micros(preQueueOpensAt));
        }
    }

    /** One spelling of each Korean syllable, so that what looks the same is the same. */
    static @Nullable String text(@Nullable String typed) {
        return typed == null ? null : Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
    }

    /** As exact as the database keeps it. */
    private static @Nullable Instant micros(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    private static List<Event.Price> pricesOf(List<PriceRequest> prices) {
        return prices.stream()
                .map(price -> new Event.Price(Objects.requireNonNull(text(price.grade())), price.amount()))
                .toList();
    }

    private static List<Instant> starts(List<PerformanceRequest> performances) {
        return performances.stream()
                .map(performance -> performance.startsAt().truncatedTo(ChronoUnit.MICROS))
                .toList();
    }
}
