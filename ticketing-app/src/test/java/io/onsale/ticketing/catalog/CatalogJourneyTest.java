package io.onsale.ticketing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TicketingTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A seller makes a venue, a hall and an event; everybody finds and reads it. */
class CatalogJourneyTest extends TicketingTest {
    private TestUser seller;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Autowired
    private Offers offers;

    @BeforeEach
    void aSeller() {
        seller = user(Role.SELLER);
    }

    @Test
    void aSellerMakesAnEventAndEverybodyReadsIt() {
        String hall = hall();
        Map<String, Object> event = created(call(HttpMethod.POST, "/api/v1/events", seller, event(hall)));
        assertThat(event).containsEntry("status", "ON_SALE").containsEntry("maxSeatsPerBuyer", 4);
        String id = (String) event.get("id");
        String performance = performances(event).get(1);

        call(HttpMethod.GET, "/api/v1/events/" + id, null, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("겨울밤 콘서트")
                .jsonPath("$.performances.length()")
                .isEqualTo(2)
                .jsonPath("$.performances[0].available")
                .isEqualTo(70);
        call(HttpMethod.GET, "/api/v1/events/" + id + "/seats?performanceId=" + performance, null, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.grades[0].grade")
                .isEqualTo("VIP")
                .jsonPath("$.grades[0].total")
                .isEqualTo(20)
                .jsonPath("$.grades[0].seats[0].id")
                .isEqualTo("1-1-1")
                .jsonPath("$.grades[0].seats[0].status")
                .isEqualTo("AVAILABLE")
                .jsonPath("$.grades[1].areas[0].available")
                .isEqualTo(50);
        PerformanceOffer offer =
                Objects.requireNonNull(offers.offer(performance).block(Duration.ofSeconds(5)));
        assertThat(offer.seat("1-2-3").orElseThrow().amount()).isEqualTo(154_000);
        assertThat(offer.passRequired()).isTrue();
        assertThat(offer.closed()).isFalse();
        assertThat(now).isAfterOrEqualTo(offer.saleOpensAt()).isBefore(offer.saleClosesAt());

        call(HttpMethod.GET, "/api/v1/events?q=밤 콘&status=ON_SALE&sort=-newest", null, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[?(@.id == '" + id + "')].venue.city")
                .isEqualTo("서울");
    }

    @Test
    void queueInfoTellsTheLineAllItNeeds() {
        Map<String, Object> event = created(call(HttpMethod.POST, "/api/v1/events", seller, event(hall())));
        http.get()
                .uri("/internal/events/" + event.get("id") + "/queue-info")
                .header("Internal-Key", "internal-key-for-tests-0123456789abcdef")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.waitingRoom.ratePerSecond")
                .isEqualTo(10)
                .jsonPath("$.status")
                .isEqualTo("ON_SALE")
                .jsonPath("$.performances.length()")
                .isEqualTo(2);
        http.get()
                .uri("/internal/events/" + event.get("id") + "/queue-info")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void everyChangeIsAnnouncedInItsTransaction() {
        Map<String, Object> event = created(call(HttpMethod.POST, "/api/v1/events", seller, event(hall())));
        String path = "/api/v1/events/" + event.get("id");
        call(HttpMethod.PATCH, path, seller, Map.of("title", "다른 제목"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("다른 제목")
                .jsonPath("$.version")
                .isEqualTo(2);
        call(HttpMethod.POST, path + "/cancel", seller, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("CANCELLED");
        assertProblem(call(HttpMethod.PATCH, path, seller, Map.of("title", "again")), 409, "EVENT_CANCELLED");
        PerformanceOffer offer =
                Objects.requireNonNull(offers.offer(performances(event).get(0)).block(Duration.ofSeconds(5)));
        assertThat(offer.closed()).isTrue();
    }

    @Test
    void pricesAndSeatsAreFrozenOnceSalesBegan() {
        Map<String, Object> event = created(call(HttpMethod.POST, "/api/v1/events", seller, event(hall())));
        String path = "/api/v1/events/" + event.get("id");
        call(HttpMethod.PATCH, path, seller, Map.of("prices", prices(1000), "maxSeatsPerBuyer", 9))
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("EVENT_FROZEN")
                .jsonPath("$.fields[0]")
                .isEqualTo("maxSeatsPerBuyer")
                .jsonPath("$.fields[1]")
                .isEqualTo("prices");
        Map<String, Object> before = event(hall());
        before.put("saleOpensAt", now.plusSeconds(3600));
        Map<String, Object> upcoming = created(call(HttpMethod.POST, "/api/v1/events", seller, before));
        call(HttpMethod.PATCH, "/api/v1/events/" + upcoming.get("id"), seller, Map.of("prices", prices(1000)))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.prices[0].amount")
                .isEqualTo(1000);
    }

    @Test
    void anEventWithNothingLeftTurnsSoldOutAndBack() {
        Map<String, Object> event = created(call(HttpMethod.POST, "/api/v1/events", seller, event(hall())));
        String path = "/api/v1/events/" + event.get("id");
        List<String> all = IntStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(n -> Stream.of("1-1-" + n, "1-2-" + n))
                .collect(Collectors.toCollection(ArrayList::new));
        IntStream.rangeClosed(1, 50).mapToObj(n -> "2-0-" + n).forEach(all::add);
        for (String performance : performances(event)) {
            call(
                            HttpMethod.PUT,
                            path + "/performances/" + performance + "/blocked-seats",
                            seller,
                            Map.of("seatIds", all))
                    .expectStatus()
                    .isOk();
        }
        awaitStatus(path, "SOLD_OUT");
        String first = path + "/performances/" + performances(event).get(0) + "/blocked-seats";
        assertProblem(
                call(HttpMethod.PUT, first, seller, Map.of("seatIds", List.of("9-9-9"))), 400, "VALIDATION_FAILED");
        call(HttpMethod.PUT, first, seller, Map.of("seatIds", List.of("1-1-1")))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.performances[0].available")
                .isEqualTo(69);
        awaitStatus(path, "ON_SALE");
    }

    private void awaitStatus(String path, String status) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        Object now = null;
        while (!status.equals(now) && System.nanoTime() < end) {
            now = Objects.requireNonNull(call(HttpMethod.GET, path, null, null)
                            .expectBody(Map.class)
                            .returnResult()
                            .getResponseBody())
                    .get("status");
        }
        assertThat(now).isEqualTo(status);
    }

    @Test
    void draftsAreSeenByTheirSellerOnlyUntilPublished() {
        Map<String, Object> form = event(hall());
        form.put("draft", true);
        Map<String, Object> event = created(call(HttpMethod.POST, "/api/v1/events", seller, form));
        String path = "/api/v1/events/" + event.get("id");
        assertThat(event).containsEntry("status", "DRAFT");
        assertProblem(call(HttpMethod.GET, path, null, null), 404, "NOT_FOUND");
        assertProblem(call(HttpMethod.GET, path, user(Role.SELLER), null), 404, "NOT_FOUND");
        call(HttpMethod.GET, path, seller, null).expectStatus().isOk();
        call(HttpMethod.GET, "/api/v1/events?status=DRAFT", seller, null)
                .expectBody()
                .jsonPath("$.totalElements")
                .isEqualTo(1);
        call(HttpMethod.POST, path + "/publish", seller, null).expectStatus().isOk();
        call(HttpMethod.GET, path, null, null).expectStatus().isOk();
    }

    @Test
    void othersCannotTouchIt() {
        Map<String, Object> event = created(call(HttpMethod.POST, "/api/v1/events", seller, event(hall())));
        String path = "/api/v1/events/" + event.get("id");
        TestUser other = user(Role.SELLER);
        assertProblem(call(HttpMethod.PATCH, path, other, Map.of("title", "x")), 404, "NOT_FOUND");
        assertProblem(call(HttpMethod.POST, path + "/cancel", other, null), 404, "NOT_FOUND");
        assertProblem(call(HttpMethod.DELETE, path, other, null), 404, "NOT_FOUND");
        assertProblem(call(HttpMethod.DELETE, path, buyer(), null), 403, "FORBIDDEN");
        call(HttpMethod.DELETE, path, seller, null).expectStatus().isNoContent();
        assertProblem(call(HttpMethod.GET, path, null, null), 404, "NOT_FOUND");
    }

    @Test
    void wrongEventsAreRefusedFieldByField() {
        Map<String, Object> form = event(hall());
        form.put("saleClosesAt", now.minusSeconds(7200));
        form.put("prices", List.of(Map.of("grade", "VIP", "amount", 1), Map.of("grade", "GOLD", "amount", 1)));
        call(HttpMethod.POST, "/api/v1/events", seller, form)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[?(@.field == 'saleClosesAt')].rule")
                .isEqualTo("Window")
                .jsonPath("$.errors[?(@.field == 'prices[1].grade')].rule")
                .isEqualTo("NoSuchGrade")
                .jsonPath("$.errors[?(@.field == 'prices')].message")
                .isEqualTo("has no price for the grade S");
        for (Object amount : List.of(-1, 100_000_001, Long.MAX_VALUE, "1e5", 1.5, 1e300)) {
            Map<String, Object> bad = event(hall());
            bad.put("prices", List.of(Map.of("grade", "VIP", "amount", amount), Map.of("grade", "S", "amount", 1)));
            assertProblem(call(HttpMethod.POST, "/api/v1/events", seller, bad), 400, "VALIDATION_FAILED");
        }
        for (Object time : List.of("tomorrow", "+999999999-12-31T23:59:59Z", "1999-01-01T00:00:00Z", 1e300, "\u0000")) {
            Map<String, Object> bad = event(hall());
            bad.put("saleOpensAt", time);
            assertProblem(call(HttpMethod.POST, "/api/v1/events", seller, bad), 400, "VALIDATION_FAILED");
        }
        for (String title : List.of("", "  ", "a\u0000b", "x".repeat(201))) {
            Map<String, Object> bad = event(hall());
            bad.put("title", title);
            assertProblem(call(HttpMethod.POST, "/api/v1/events", seller, bad), 400, "VALIDATION_FAILED");
        }
    }

    @Test
    void badQueriesAreRefused() {
        for (String query : List.of(
                "page=-1",
                "size=101",
                "size=x",
                "status=LOST",
                "from=yesterday",
                "sort=price",
                "page=99999999999",
                "venueId=7",
                "from=%2B999999999-12-31T23:59:59Z")) {
            assertProblem(call(HttpMethod.GET, "/api/v1/events?" + query, null, null), 400, "VALIDATION_FAILED");
        }
        call(HttpMethod.GET, "/api/v1/events?q=%00%25_'\\", null, null)
                .expectStatus()
                .isOk();
    }

    @Test
    void aHallOfSixtyThousandSeatsIsMadeAndShownFast() {
        List<Map<String, Object>> sections = IntStream.range(0, 60)
                .mapToObj(section -> Map.<String, Object>of(
                        "name",
                        "구역 " + section,
                        "grade",
                        section < 10 ? "VIP" : "S",
                        "rows",
                        IntStream.range(0, 25)
                                .mapToObj(row -> Map.of("row", "R" + row, "seats", 40))
                                .toList()))
                .toList();
        long start = System.nanoTime();
        String hall = hall(sections);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        Map<String, Object> event = created(call(HttpMethod.POST, "/api/v1/events", seller, event(hall)));
        http = http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(20 << 20))
                .build();
        byte[] map = call(HttpMethod.GET, "/api/v1/events/" + event.get("id") + "/seats", null, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        assertThat(map).hasSizeGreaterThan(60_000 * 50);
    }

    @Test
    void aHallIsMadeFromAFileAndErrorsNameTheLine() {
        Map<String, Object> venue = created(call(
                HttpMethod.POST,
                "/api/v1/venues",
                seller,
                Map.of("name", "Import Hall", "address", "x", "city", "부산")));
        String path = "/api/v1/venues/" + venue.get("id") + "/halls/import?name=Main";
        String header = "section,grade,row,number\n";
        assertThat(created(importing(path, header + "1층,VIP,A,1-10\nFloor,S,,50\n")))
                .containsEntry("seats", 60)
                .containsEntry("grades", List.of("VIP", "S"));
        importing(path, header + "1층,VIP,A,1-10\n1층,VIP,A,5\n")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("line 3");
    }

    private ResponseSpec importing(String path, String csv) {
        return http.post()
                .uri(path)
                .headers(seller::authorize)
                .contentType(MediaType.parseMediaType("text/csv"))
                .bodyValue(csv)
                .exchange();
    }

    private String hall() {
        return hall(List.of(
                Map.of("name", "1층", "grade", "VIP", "rows", List.of(row("A", 10), row("B", 10))),
                Map.of("name", "Standing", "grade", "S", "capacity", 50)));
    }

    private String hall(List<Map<String, Object>> sections) {
        Map<String, Object> venue = created(call(
                HttpMethod.POST,
                "/api/v1/venues",
                seller,
                Map.of("name", "올림픽홀", "address", "올림픽로 424", "city", "서울")));
        Map<String, Object> hall = created(call(
                HttpMethod.POST,
                "/api/v1/venues/" + venue.get("id") + "/halls",
                seller,
                Map.of("name", "Main", "sections", sections)));
        return (String) hall.get("id");
    }

    private static Map<String, Object> row(String name, int seats) {
        return Map.of("row", name, "seats", seats);
    }

    private Map<String, Object> event(String hallId) {
        return new HashMap<>(Map.of(
                "title", "겨울밤 콘서트",
                "artist", "The Foxes",
                "hallId", hallId,
                "saleOpensAt", now.minusSeconds(60),
                "saleClosesAt", now.plus(Duration.ofDays(20)),
                "prices", prices(154_000),
                "performances",
                        List.of(
                                Map.of("startsAt", now.plus(Duration.ofDays(30))),
                                Map.of("startsAt", now.plus(Duration.ofDays(31)))),
                "waitingRoom", Map.of("ratePerSecond", 10, "capacity", 50_000, "passSeconds", 600, "mode", "FIFO")));
    }

    private static List<Map<String, Object>> prices(long vip) {
        return List.of(Map.of("grade", "VIP", "amount", vip), Map.of("grade", "S", "amount", 99_000));
    }

    private ResponseSpec call(HttpMethod method, String path, @Nullable TestUser user, @Nullable Object body) {
        var request = http.method(method).uri(URI.create("http://127.0.0.1:" + port + encoded(path)));
        if (user != null) {
            request.headers(user::authorize);
        }
        return body == null ? request.exchange() : request.bodyValue(body).exchange();
    }

    private static String encoded(String path) {
        return path.replace(" ", "%20")
                .replace("\\", "%5C")
                .replace("콘", "%EC%BD%98")
                .replace("밤", "%EB%B0%A4");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> created(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .isCreated()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody());
    }

    @SuppressWarnings("unchecked")
    private static List<String> performances(Map<String, Object> event) {
        return ((List<Map<String, Object>>) event.get("performances"))
                .stream().map(performance -> (String) performance.get("id")).toList();
    }

    private static void assertProblem(ResponseSpec response, int status, String code) {
        response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }
}
