package io.onsale.ticketing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A seller hangs up a poster; everybody sees it, and nobody gets anything else in. */
class ImagesJourneyTest extends TicketingTest {
    private TestUser seller;
    private String event;

    @BeforeEach
    void anEvent() {
        TestEvent made = events().create(Plan.simple());
        seller = made.seller();
        event = made.id();
    }

    private ResponseSpec send(TestUser by, byte[] picture, String kind) {
        return http.post()
                .uri("/api/v1/events/" + event + "/images?kind=" + kind)
                .headers(by::authorize)
                .contentType(MediaType.IMAGE_PNG)
                .bodyValue(picture)
                .exchange();
    }

    private static JsonNode body(ResponseSpec answer) {
        return JsonMapper.shared()
                .readTree(Objects.requireNonNull(
                        answer.expectBody().returnResult().getResponseBodyContent()));
    }

    private static byte[] picture(String format, int width, int height) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPosterIsShownToEverybodyAndMayBeKeptForEver() {
        // It says PNG and is a JPEG: its bytes decide.
        byte[] poster = picture("jpg", 300, 400);
        JsonNode image = body(send(seller, poster, "POSTER").expectStatus().isCreated());
        assertThat(image.path("width").asInt()).isEqualTo(300);
        String url = image.path("url").asString();
        assertThat(url).matches("/api/v1/images/[0-9a-f]{64}\\.jpg");

        http.get()
                .uri(url)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.IMAGE_JPEG)
                .expectHeader()
                .value("Cache-Control", value -> assertThat(value).contains("max-age=31536000", "public", "immutable"))
                .expectBody(byte[].class)
                .isEqualTo(poster);
        http.get()
                .uri("/api/v1/events/" + event)
                .exchange()
                .expectBody()
                .jsonPath("$.images[0].url")
                .isEqualTo(url);

        String etag = Objects.requireNonNull(http.get()
                .uri(url)
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag());
        http.get()
                .uri(url)
                .header("If-None-Match", etag)
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void aSecondPosterTakesThePlaceOfTheFirst() {
        send(seller, picture("png", 10, 10), "POSTER").expectStatus().isCreated();
        JsonNode second = body(send(seller, picture("png", 20, 20), "POSTER"));
        send(seller, picture("png", 30, 30), "DESCRIPTION").expectStatus().isCreated();
        http.get()
                .uri("/api/v1/events/" + event)
                .exchange()
                .expectBody()
                .jsonPath("$.images.length()")
                .isEqualTo(2)
                .jsonPath("$.images[0].id")
                .isEqualTo(second.path("id").asString());
        http.delete()
                .uri("/api/v1/events/" + event + "/images/" + second.path("id").asString())
                .headers(seller::authorize)
                .exchange()
                .expectStatus()
                .isNoContent();
        http.get()
                .uri("/api/v1/events/" + event)
                .exchange()
                .expectBody()
                .jsonPath("$.images.length()")
                .isEqualTo(1);
    }

    @Test
    void aProgramABombAndAHugeFileAreRefused() {
        refused(send(seller, "<svg onload='alert(1)'/> and more of it".getBytes(), "POSTER"), 400, "IMAGE_UNREADABLE");
        byte[] bomb = picture("png", 10, 10);
        ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
        refused(send(seller, bomb, "POSTER"), 413, "IMAGE_TOO_LARGE");
        refused(send(seller, new byte[6 << 20], "POSTER"), 413, "PAYLOAD_TOO_LARGE");
        refused(send(seller, new byte[0], "POSTER"), 400, "VALIDATION_FAILED");
        refused(send(seller, picture("png", 10, 10), "BANNER"), 400, "VALIDATION_FAILED");
    }

    @Test
    void somebodyElsesEventHasNoDoor() {
        refused(send(user(Role.SELLER), picture("png", 10, 10), "POSTER"), 404, "NOT_FOUND");
        refused(send(buyer(), picture("png", 10, 10), "POSTER"), 403, "FORBIDDEN");
    }

    @Test
    void namesThatWeDidNotGiveLeadNowhere() {
        for (String name : new String[] {"..%2f..%2fetc%2fpasswd", "0".repeat(64) + ".png", "x.png", "a".repeat(64)}) {
            http.get()
                    .uri(java.net.URI.create("http://127.0.0.1:" + port + "/api/v1/images/" + name))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
    }

    private static void refused(ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }
}
