package io.onsale.platform.postgres;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The ends the server puts to what a client forgot.
 *
 * @param statementTimeout a statement that runs longer is cancelled by the server
 * @param lockTimeout a statement that waits longer for one lock fails
 * @param idleInTransactionTimeout a transaction nobody continues is ended, its connection closed
 * @param eventLoops threads that serve connections; as many as there are cores when absent
 */
@ConfigurationProperties("onsale.postgres")
record PostgresSettings(
        @DefaultValue("5s") Duration statementTimeout,
        @DefaultValue("3s") Duration lockTimeout,
        @DefaultValue("10s") Duration idleInTransactionTimeout,
        @Nullable Integer eventLoops) {}
