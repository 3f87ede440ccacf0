package io.onsale.gateway.resilience;

import io.netty.util.NetUtil;
import io.onsale.gateway.routing.RoutingSettings;
import io.onsale.gateway.routing.Service;
import io.onsale.platform.calls.UnclaimedAnswers;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/**
 * Looks up who is there and asks each instance whether it takes requests. An instance that is shutting down says no
 * before it stops, so it gets no new requests and none of its old ones is lost.
 */
@Component
final class InstanceProbe implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(InstanceProbe.class);
    private static final String READINESS = "/readyz";

    private final RoutingSettings routing;
    private final ResilienceSettings settings;
    private final Instances instances;
    private final WebClient http =
            UnclaimedAnswers.webClient(HttpClient.create()).build();
    private volatile @Nullable Disposable running;

    InstanceProbe(RoutingSettings routing, ResilienceSettings settings, Instances instances) {
        this.routing = routing;
        this.settings = settings;
        this.instances = instances;
    }

    @Override
    public void start() {
        // Its own subscriber until the app stops: a round tells its failures to the log and never ends in one.
        running = Mono.defer(this::round)
                .then(Mono.delay(settings.probeInterval()))
                .repeat()
                .subscribe();
    }

    private Mono<Void> round() {
        return Flux.fromArray(Service.values())
                .flatMap(service -> resolve(service)
                        .doOnNext(found -> instances.update(service, found))
                        .thenMany(Flux.defer(() -> Flux.fromIterable(instances.of(service))))
                        .flatMap(instance -> probe(service, instance)))
                .then()
                .onErrorResume(e -> Mono.fromRunnable(() -> log.warn("Probing failed", e)));
    }

    private Mono<Void> probe(Service service, Instance instance) {
        boolean before = instance.isAvailable();
        return http.get()
                .uri(URI.create(instance.prefix() + READINESS))
                .exchangeToMono(answer ->
                        answer.releaseBody().thenReturn(!answer.statusCode().is5xxServerError()))
                .timeout(settings.probeTimeout())
                .doOnNext(instance::answered)
                .doOnError(TimeoutException.class, e -> instance.silent())
                .doOnError(e -> !(e instanceof TimeoutException), e -> instance.refused())
                .onErrorComplete()
                .then(Mono.fromRunnable(() -> report(service, instance, before)));
    }

    private static void report(Service service, Instance instance, boolean before) {
        if (before != instance.isAvailable()) {
            log.info(
                    "{} at {} {}",
                    service.label(),
                    instance.base(),
                    before ? "takes no requests" : "takes requests again");
        }
    }

    /** One address per instance: a name in DNS may stand for several. */
    private Mono<List<URI>> resolve(Service service) {
        List<URI> configured = routing.addresses(service);
        if (configured.stream().allMatch(uri -> isLiteral(uri.getHost()))) {
            return Mono.just(configured);
        }
        return Mono.fromCallable(() -> lookUp(configured))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(UnknownHostException.class, e -> {
                    log.warn("{} is not known by name: {}", service.label(), e.getMessage());
                    return Mono.empty();
                });
    }

    private static List<URI> lookUp(List<URI> configured) throws UnknownHostException {
        List<URI> found = new ArrayList<>();
        for (URI uri : configured) {
            // Over TLS the name stays: the certificate speaks for it.
            if (isLiteral(uri.getHost()) || "https".equals(uri.getScheme())) {
                found.add(uri);
                continue;
            }
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                found.add(at(uri, address));
            }
        }
        return found;
    }

    private static URI at(URI uri, InetAddress address) {
        String literal = NetUtil.toAddressString(address);
        String host = literal.contains(":") ? "[" + literal + "]" : literal;
        return UriComponentsBuilder.fromUri(uri).host(host).build().toUri();
    }

    private static boolean isLiteral(String host) {
        return "localhost".equals(host) || NetUtil.isValidIpV4Address(host) || host.startsWith("[");
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
