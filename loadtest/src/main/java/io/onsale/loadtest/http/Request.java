package io.onsale.loadtest.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One call of a journey.
 *
 * @param step under which its latency is counted
 * @param url absolute
 */
public record Request(String step, HttpMethod method, String url, Map<String, String> headers, JsonNode body) {

    public static Request get(String step, String url) {
        return new Request(step, HttpMethod.GET, url, Map.of(), MissingNode.getInstance());
    }

    public static Request post(String step, String url, JsonNode body) {
        return new Request(step, HttpMethod.POST, url, Map.of(), body);
    }

    public static Request delete(String step, String url) {
        return new Request(step, HttpMethod.DELETE, url, Map.of(), MissingNode.getInstance());
    }

    public Request with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(step, method, url, more, body);
    }

    /** As this person from this address. */
    public Request as(String accessToken, String address) {
        return with("Authorization", "Bearer " + accessToken).with("X-Forwarded-For", address);
    }

    /** The same key however often it is sent. */
    public Request once(String key) {
        return with("Idempotency-Key", "\"" + key + "\"");
    }
}
