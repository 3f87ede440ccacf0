package io.onsale.ticketing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.catalog.redis.SharedAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists are made once for a crowd, follow every change, and can be walked to their end. */
class ListsTest extends TicketingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private SharedAnswers shared;

    @Autowired
    private MeterRegistry meters;

    private TestUser seller;
    private String venueId;
    private String firstId;

    @BeforeEach
    void anEventAtAVenueOfItsOwn() {
        TestEvent made = events().create(Plan.simple());
        seller = made.seller();
        firstId = made.id();
        venueId = get("/api/v1/events/" + firstId).path("venue").path("id").asString();
    }

    private JsonNode get(String path) {
        return http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    private JsonNode list(String more) {
        return get("/api/v1/events?venueId=" + venueId + more);
    }

    @Test
    void aChangeIsInTheNextList() {
        assertThat(list("").path("items").path(0).path("title").asString()).isEqualTo("A concert");
        http.patch()
                .uri("/api/v1/events/" + firstId)
                .headers(seller::authorize)
                .bodyValue(Map.of("title", "Another concert"))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(list("").path("items").path(0).path("title").asString()).isEqualTo("Another concert");
        http.delete()
                .uri("/api/v1/events/" + firstId)
                .headers(seller::authorize)
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(list("").path("totalElements").asLong()).isZero();
    }

    @Test
    void anArtistIsFoundByTheWholeNameInAnyCase() {
        http.patch()
                .uri("/api/v1/events/" + firstId)
                .headers(seller::authorize)
                .bodyValue(Map.of("title", "The Foxes and friends", "artist", "100%_Foxes"))
                .exchange()
                .expectStatus()
                .isOk();
        for (String name : List.of("100%_Foxes", "100%_FOXES", " 100%_foxes ")) {
            assertThat(ofArtist(name)).as(name).isEqualTo(1);
        }
        for (String other : List.of("Foxes", "100%_Foxe", "100__Foxes", "friends", "The Foxes and friends")) {
            assertThat(ofArtist(other)).as(other).isZero();
        }
    }

    private long ofArtist(String name) {
        return http.get()
                .uri(uri -> uri.path("/api/v1/events")
                        .queryParam("venueId", venueId)
                        .queryParam("artist", "{artist}")
                        .build(name))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .path("totalElements")
                .asLong();
    }

    @Test
    void aStampedeOnAListReadsTheDatabaseOnce() throws InterruptedException {
        shared.forgetLists().block(PATIENCE);
        Thread.sleep(1_500);
        double before = readings();
        WebClient client = WebClient.create("http://127.0.0.1:" + port);
        List<Integer> lengths = Flux.range(0, 300)
                .flatMap(
                        i -> client.get()
                                .uri("/api/v1/events?venueId=" + venueId)
                                .retrieve()
                                .bodyToMono(String.class)
                                .map(String::length),
                        100)
                .collectList()
                .block(PATIENCE);
        assertThat(lengths).hasSize(300).allMatch(length -> length.equals(lengths.get(0)));
        assertThat(readings() - before).as("times a page of events was read").isEqualTo(1);
    }

    private double readings() {
        return meters.counter("onsale.catalog.list.readings").count();
    }

    @Test
    void aLongListIsWalkedToItsEndWhileOthersComeIn() {
        List<String> made = new ArrayList<>(List.of(firstId));
        JsonNode first = get("/api/v1/events/" + firstId);
        for (int i = 0; i < 6; i++) {
            made.add(copyOf(first, i));
        }
        for (String sort : List.of("startsAt", "-startsAt", "title", "-title", "newest", "-newest", "saleOpensAt")) {
            List<String> walked = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = list("&size=3&sort=" + sort + next);
                page.path("items").forEach(item -> walked.add(item.path("id").asString()));
                next = page.hasNonNull("next") ? "&after=" + page.path("next").asString() : "";
            } while (!next.isEmpty());
            assertThat(walked).as(sort).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(made);
        }
    }

    @Test
    void aChangedHallLeavesItsEventsAsTheyWere() {
        JsonNode event = get("/api/v1/events/" + firstId);
        String hall = "/api/v1/venues/" + venueId + "/halls/"
                + event.path("hall").path("id").asString();
        Map<String, Object> layout =
                Map.of("name", "Rebuilt", "sections", List.of(Map.of("name", "A", "grade", "VIP", "capacity", 7)));
        http.put()
                .uri(hall)
                .headers(seller::authorize)
                .bodyValue(layout)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.seats")
                .isEqualTo(7);
        http.put()
                .uri(hall)
                .headers(user(Role.SELLER)::authorize)
                .bodyValue(layout)
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(get("/api/v1/events/" + firstId)
                        .path("performances")
                        .path(0)
                        .path("total")
                        .asInt())
                .isEqualTo(event.path("performances").path(0).path("total").asInt());
        http.patch()
                .uri("/api/v1/events/" + firstId)
                .headers(seller::authorize)
                .bodyValue(Map.of("title", "Still its own grades"))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void aPlaceInAnotherOrderIsRefused() {
        copyOf(get("/api/v1/events/" + firstId), 1);
        String next = list("&size=1&sort=title").path("next").asString();
        for (String query : List.of("&sort=newest&after=" + next, "&after=x", "&sort=title&after=VElUTEV8eHx4")) {
            http.get()
                    .uri("/api/v1/events?venueId=" + venueId + query)
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("after");
        }
    }

    private String copyOf(JsonNode event, int number) {
        var copy = JsonMapper.shared().createObjectNode();
        copy.put("title", "Concert " + number % 2).put("artist", "Somebody");
        copy.put("hallId", event.path("hall").path("id").asString());
        copy.set("saleOpensAt", event.path("saleOpensAt"));
        copy.set("saleClosesAt", event.path("saleClosesAt"));
        copy.putArray("prices").addObject().put("grade", "R").put("amount", 1_000);
        copy.putArray("performances")
                .addObject()
                .set("startsAt", event.path("performances").path(0).path("startsAt"));
        return http.post()
                .uri("/api/v1/events")
                .headers(seller::authorize)
                .bodyValue(copy)
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .path("id")
                .asString();
    }
}
