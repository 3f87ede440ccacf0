package io.onsale.platform.kafka;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Runs every declared subscription from the app's start, once the topics exist, until its stop. */
final class EventSubscriptions implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventSubscriptions.class);

    private final TopicCreator topics;
    private final List<EventSubscription> subscriptions;
    private final Function<EventSubscription, SubscriptionRun> runOf;
    private volatile List<SubscriptionRun> runs = List.of();
    private Disposable keepingTopics = () -> {};
    private volatile boolean running;

    EventSubscriptions(
            TopicCreator topics,
            List<EventSubscription> subscriptions,
            Function<EventSubscription, SubscriptionRun> runOf) {
        this.topics = topics;
        this.subscriptions = subscriptions;
        this.runOf = runOf;
    }

    @Override
    public void start() {
        running = true;
        runs = subscriptions.stream().map(runOf).toList(); // a run is over for good when it has stopped
        keepingTopics = topics.keep()
                .index((look, there) -> look)
                .filter(look -> look == 0)
                .subscribe(
                        first -> runs.forEach(SubscriptionRun::start),
                        failure -> log.error("Topics are not looked after any more", failure));
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        keepingTopics.dispose();
        Flux.fromIterable(runs)
                .flatMap(SubscriptionRun::stop)
                .timeout(Duration.ofSeconds(25))
                .doFinally(end -> callback.run())
                .subscribe(null, failure -> log.warn("Subscriptions did not stop in time: {}", failure.toString()));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
