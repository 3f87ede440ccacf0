/**
 * Events that share a transaction with their cause and with their effect: {@link io.onsale.platform.outbox.Outbox} on the way
 * out, {@link io.onsale.platform.outbox.Inbox} and {@link io.onsale.platform.outbox.EventConsumer} on the way in.
 */
@NullMarked
package io.onsale.platform.outbox;

import org.jspecify.annotations.NullMarked;
