package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** A client that was cut off says what it heard last, as EventSource does by itself: it is told how everything stands now. */
class StreamResumeTest extends RunningQueue {
    private final List<ServerSentEvent<Map<String, Object>>> heard = new CopyOnWriteArrayList<>();
    private Disposable stream = Disposables.disposed();

    @BeforeEach
    void someoneWaitsAndListens() {
        onSale(Map.of("ratePerSecond", 0.01));
        control(Map.of("state", "PAUSED", "notice", "Doors at six"));
        enter("other");
        enter("buyer");
        listen("");
        await(() -> has("position") && has("notice") && has("line"));
        assertThat(heard).allSatisfy(event -> assertThat(event.id()).matches("\\d+"));
    }

    @AfterEach
    void hangUp() {
        stream.dispose();
    }

    /** What was heard last may have come from another instance, whose ids say nothing here. */
    @Test
    void whoeverComesBackHearsTheLineAsItIsWhateverIdTheyBring() {
        for (String lastId : List.of(last("line").id(), Long.toString(Long.MAX_VALUE), "x".repeat(20))) {
            heard.clear();
            listen(lastId);
            await(() -> has("position") && has("notice", "message", "Doors at six") && has("line"));
            assertThat(last("position").data()).containsEntry("ahead", 1);
        }
    }

    @Test
    void whoeverComesBackHearsThatThereIsNoNoticeAnyMore() {
        control(Map.of("notice", ""));
        await(() -> has("notice", "message", ""));
        heard.clear();
        listen(Long.toString(Long.MAX_VALUE));
        await(() -> has("position") && has("notice", "message", "") && has("line"));
        heard.clear();
        listen("");
        await(() -> has("position") && has("line"));
        assertThat(has("notice")).as("a newcomer has heard none").isFalse();
    }

    @Test
    void whatChangedMeanwhileIsTold() {
        String lastId = last("line").id();
        control(Map.of("notice", ""));
        await(() -> has("notice", "message", "")); // as it is said to those who are still there
        heard.clear();
        listen(lastId);
        await(() -> has("position") && has("notice", "message", ""));
        assertThat(last("line").data()).doesNotContainKey("notice");
    }

    private boolean has(String name) {
        return heard.stream().anyMatch(event -> name.equals(event.event()));
    }

    private boolean has(String name, String field, String value) {
        return has(name) && value.equals(last(name).data().get(field));
    }

    private ServerSentEvent<Map<String, Object>> last(String name) {
        return heard.stream()
                .filter(event -> name.equals(event.event()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private void listen(String lastEventId) {
        stream.dispose();
        stream = as("buyer")
                .get()
                .uri("/api/v1/queue/stream?eventId={id}", eventId)
                .header("Last-Event-ID", lastEventId)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null)
                .subscribe(heard::add, cutOff -> {});
    }
}
