package io.onsale.ticketing.catalog.web;

import io.onsale.ticketing.catalog.model.Layout;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A hall's layout as clients send it. */
record LayoutRequest(@NotNull @Size(min = 1, max = 500) List<@NotNull @Valid SectionRequest> sections) {

    Layout layout() {
        return new Layout(sections.stream().map(SectionRequest::section).toList());
    }

    record SectionRequest(
            @NotBlank @Size(max = 60) @Pattern(regexp = EventRequests.ONE_LINE)
            String name,

            @NotBlank @Size(max = 30) @Pattern(regexp = EventRequests.ONE_LINE)
            String grade,

            @Nullable @Size(max = 1000) List<@NotNull @Valid RowRequest> rows,
            @Nullable @Min(1) @Max(Layout.MAX_SEATS) Integer capacity) {

        Layout.Section section() {
            return new Layout.Section(
                    Objects.requireNonNull(EventRequests.text(name)),
                    Objects.requireNonNull(EventRequests.text(grade)),
                    Objects.requireNonNullElse(capacity, 0),
                    rows == null
                            ? List.of()
                            : rows.stream().map(RowRequest::toRow).toList());
        }
    }

    record RowRequest(
            @NotBlank @Size(max = 20) @Pattern(regexp = EventRequests.ONE_LINE)
            String row,

            @Nullable @Min(1) @Max(1000) Integer seats,
            @Nullable @Size(max = 1000) List<@NotNull @Valid PlaceRequest> places,
            @Nullable @Size(max = 1000) List<@NotNull @Min(1) Integer> accessible,
            @Nullable @Size(max = 1000) List<@NotNull @Min(1) Integer> restrictedView) {

        Layout.Row toRow() {
            return new Layout.Row(
                    Objects.requireNonNull(EventRequests.text(row)),
                    Objects.requireNonNullElse(seats, 0),
                    places == null
                            ? List.of()
                            : places.stream().map(PlaceRequest::place).toList(),
                    accessible == null ? List.of() : accessible,
                    restrictedView == null ? List.of() : restrictedView);
        }
    }

    record PlaceRequest(
            @NotNull @Min(1) @Max(100_000) Integer number,

            @NotNull @DecimalMin("-100000") @DecimalMax("100000")
            Double x,

            @NotNull @DecimalMin("-100000") @DecimalMax("100000")
            Double y,

            @Nullable Boolean accessible,
            @Nullable Boolean restrictedView) {

        Layout.Place place() {
            return new Layout.Place(number, x, y, Boolean.TRUE.equals(accessible), Boolean.TRUE.equals(restrictedView));
        }
    }
}
