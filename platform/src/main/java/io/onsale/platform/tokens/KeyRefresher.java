package io.onsale.platform.tokens;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Keeps keys fresh while the app runs: every second until each kind has keys, then at the set interval. */
final class KeyRefresher implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KeyRefresher.class);

    private final Duration interval;
    private final List<PublishedKeys> published;
    private final @Nullable KeyRing own;
    private volatile @Nullable Disposable running;

    KeyRefresher(Duration interval, Collection<PublishedKeys> published, @Nullable KeyRing own) {
        this.interval = interval;
        this.published = List.copyOf(published);
        this.own = own;
    }

    @Override
    public void start() {
        running = refreshAll()
                .then(Mono.defer(() -> Mono.delay(isComplete() ? interval : Duration.ofSeconds(1))))
                .repeat()
                .subscribe();
    }

    private Mono<Void> refreshAll() {
        return Flux.fromIterable(published)
                .flatMap(PublishedKeys::refresh)
                .then(reloadOwn())
                .onErrorResume(e -> Mono.fromRunnable(() -> log.warn("Signing keys stay as they were", e)));
    }

    private Mono<Void> reloadOwn() {
        KeyRing ring = own;
        return ring == null
                ? Mono.empty()
                : Mono.<Void>fromRunnable(ring::reload).subscribeOn(Schedulers.boundedElastic());
    }

    private boolean isComplete() {
        return published.stream().noneMatch(PublishedKeys::isEmpty);
    }

    @Override
    public void stop() {
        Disposable current = running;
        if (current != null) {
            current.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
