package io.onsale.local.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One HTTP request, whole: method, decoded path segments, query, headers by lower-case name, body. */
record Call(
        String method, String[] path, Map<String, String> query, UnaryOperator<@Nullable String> header, byte[] body) {

    static Call of(String method, String uri, UnaryOperator<@Nullable String> header, byte[] body) {
        int question = uri.indexOf('?');
        String rawPath = question < 0 ? uri : uri.substring(0, question);
        String[] segments = rawPath.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            segments[i] = decode(segments[i].replace("+", "%2B"));
        }
        return new Call(method, segments, form(question < 0 ? "" : uri.substring(question + 1)), header, body);
    }

    String headerOr(String name, String fallback) {
        String value = header.apply(name);
        return value == null ? fallback : value;
    }

    boolean fromBrowser() {
        return headerOr("accept", "").contains("text/html");
    }

    Map<String, String> formBody() {
        return form(new String(body, StandardCharsets.UTF_8));
    }

    String pathText() {
        return "/" + String.join("/", path);
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                fields.put(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
