package io.onsale.platform.kafka;

import java.util.List;

/** A bean that declares several subscriptions at once. */
@FunctionalInterface
public interface SubscriptionSource {

    List<EventSubscription> subscriptions();
}
