package io.onsale.queue.draw;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onsale.platform.web.Open;
import io.onsale.queue.sales.Sale;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.Lines;
import io.onsale.queue.waiting.StoreTrouble;
import io.onsale.queue.waiting.WaitingProblem;
import io.onsale.queue.waiting.WaitingSettings;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What anybody needs to check a draw. Entry numbers name nobody but to themselves. */
@Open
@RestController
@RequestMapping("/api/v1/queue/draw")
class DrawController {
    private final Lines lines;
    private final Draws draws;
    private final DrawScripts scripts;
    private final WaitingSettings settings;
    private final Cache<String, Mono<String>> lists =
            Caffeine.newBuilder().maximumSize(20).build();

    DrawController(Lines lines, Draws draws, DrawScripts scripts, WaitingSettings settings) {
        this.lines = lines;
        this.draws = draws;
        this.scripts = scripts;
        this.settings = settings;
    }

    @GetMapping
    Mono<DrawRecord> draw(@RequestParam @NotBlank @Size(max = 64) String eventId) {
        return StoreTrouble.guard(drawLine(eventId).map(this::recordOf), settings.answerWithin());
    }

    /** The closed entry list, one number per line, ascending: the input of the verifier. */
    @GetMapping(path = "/entries", produces = MediaType.TEXT_PLAIN_VALUE)
    Mono<String> entries(@RequestParam @NotBlank @Size(max = 64) String eventId) {
        Mono<String> list = drawLine(eventId).map(this::recordOf).flatMap(this::listOf);
        return StoreTrouble.guard(list, settings.answerWithin());
    }

    /** Read once for all who ask: a closed list never changes, and what is not the one that was announced is never told. */
    private Mono<String> listOf(DrawRecord draw) {
        return draw.isClosed()
                ? lists.get(draw.eventId() + draw.entriesHash(), closed -> read(closed, draw))
                : Mono.just("");
    }

    private Mono<String> read(String name, DrawRecord draw) {
        return scripts.entries(draw.eventId())
                .map(entries -> announced(draw, entries.keySet()))
                .doOnError(trouble -> lists.invalidate(name))
                .cache();
    }

    private static String announced(DrawRecord draw, Set<Long> entries) {
        if (!FairOrder.listHash(entries).equals(draw.entriesHash())) {
            throw WaitingProblem.unavailable();
        }
        return entries.stream().map(number -> number + "\n").collect(Collectors.joining());
    }

    private Mono<Line> drawLine(String eventId) {
        return lines.require(eventId)
                .filter(line -> line.room().mode() == Sale.Mode.DRAW)
                .switchIfEmpty(Mono.error(() -> WaitingProblem.NO_DRAW.asException()));
    }

    private DrawRecord recordOf(Line line) {
        if (!draws.isCaughtUp()) {
            throw WaitingProblem.unavailable();
        }
        DrawRecord known = draws.of(line.eventId());
        if (known == null) {
            throw WaitingProblem.NO_DRAW.asException();
        }
        return known;
    }
}
