package io.onsale.loadtest.bench;

import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One prepared request: as little work as possible is left for when it is sent.
 *
 * @param body empty for none
 */
record Shot(HttpMethod method, String url, Map<String, String> headers, byte[] body) {

    static Shot get(String url, String token, String address) {
        return new Shot(HttpMethod.GET, url, caller(token, address), new byte[0]);
    }

    static Shot delete(String url, String token, String address) {
        return new Shot(HttpMethod.DELETE, url, caller(token, address), new byte[0]);
    }

    static Shot post(String url, String token, String address, JsonNode body) {
        return new Shot(
                HttpMethod.POST,
                url,
                caller(token, address),
                JsonMapper.shared().writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    }

    /** A POST without a body. */
    static Shot post(String url, String token, String address) {
        return new Shot(HttpMethod.POST, url, caller(token, address), new byte[0]);
    }

    Shot with(String header, String value) {
        Map<String, String> more = new java.util.LinkedHashMap<>(headers);
        more.put(header, value);
        return new Shot(method, url, more, body);
    }

    private static Map<String, String> caller(String token, String address) {
        return token.isEmpty()
                ? Map.of("X-Forwarded-For", address)
                : Map.of("Authorization", "Bearer " + token, "X-Forwarded-For", address);
    }
}
