package io.onsale.ticketing.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the buyer gets to the provider.
 *
 * @param redirectUrl where a browser can go
 * @param parameters for the provider's browser SDK
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Checkout(Type type, @Nullable String redirectUrl, Map<String, Object> parameters) {

    /** By what means. */
    public enum Type {
        SDK,
        REDIRECT,
        NONE
    }

    /** Nothing to pay. */
    public static final Checkout NONE = new Checkout(Type.NONE, null, Map.of());
}
