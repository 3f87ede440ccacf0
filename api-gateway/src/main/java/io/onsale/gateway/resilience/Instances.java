package io.onsale.gateway.resilience;

import io.onsale.gateway.routing.RoutingSettings;
import io.onsale.gateway.routing.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The instances of each service, and the choice among them. */
@Component
public final class Instances {
    private final Map<Service, List<Instance>> byService = new EnumMap<>(Service.class);

    Instances(RoutingSettings settings) {
        for (Service service : Service.values()) {
            byService.put(
                    service,
                    settings.addresses(service).stream().map(Instance::new).toList());
        }
    }

    /** Addresses of the service's instances, those that answer first. */
    public List<URI> addresses(Service service) {
        List<URI> addresses = new ArrayList<>();
        of(service).stream().filter(Instance::isAvailable).map(Instance::base).forEach(addresses::add);
        of(service).stream()
                .filter(instance -> !instance.isAvailable())
                .map(Instance::base)
                .forEach(addresses::add);
        return addresses;
    }

    synchronized List<Instance> of(Service service) {
        return byService.getOrDefault(service, List.of());
    }

    /** Replaces the instances of a service; those that stay keep what is known of them. */
    synchronized void update(Service service, Collection<URI> bases) {
        Map<URI, Instance> known = new java.util.HashMap<>();
        of(service).forEach(instance -> known.put(instance.base(), instance));
        byService.put(
                service,
                bases.stream()
                        .map(base -> {
                            Instance before = known.get(base);
                            return before == null ? new Instance(base) : before;
                        })
                        .toList());
    }

    /**
     * The less busy of two taken at random, which spreads load evenly without gathering counts. Instances that were
     * tried are avoided, those believed gone are the last resort: the belief may be stale.
     */
    @Nullable
    Instance choose(Service service, Collection<Instance> tried) {
        List<Instance> all = of(service);
        if (all.size() == 1 && tried.isEmpty()) {
            return all.get(0);
        }
        List<Instance> candidates = new ArrayList<>(all.size());
        for (Instance instance : all) {
            if (instance.isAvailable() && !tried.contains(instance)) {
                candidates.add(instance);
            }
        }
        if (candidates.isEmpty() && tried.isEmpty()) {
            candidates.addAll(all);
        }
        return candidates.isEmpty() ? null : lessBusy(candidates);
    }

    private static Instance lessBusy(List<Instance> candidates) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int size = candidates.size();
        int first = random.nextInt(size);
        int second = size == 1 ? first : (first + 1 + random.nextInt(size - 1)) % size;
        Instance one = candidates.get(first);
        Instance other = candidates.get(second);
        return other.underWay() < one.underWay() ? other : one;
    }
}
