package io.onsale.loadtest.sweep;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request, byte for byte as it is sent: no client library may mend what is broken on purpose.
 *
 * @param target as it stands in the request line
 */
record Call(String method, String target, Map<String, String> headers, byte[] body) {
    static final byte[] NOTHING = new byte[0];

    static Call of(String method, String target) {
        return new Call(method, target, Map.of(), NOTHING);
    }

    Call to(String otherTarget) {
        return new Call(method, otherTarget, headers, body);
    }

    Call by(String otherMethod) {
        return new Call(otherMethod, target, headers, body);
    }

    Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, target, more, body);
    }

    Call without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Call(method, target, fewer, body);
    }

    Call sending(byte[] otherBody) {
        return new Call(method, target, headers, otherBody);
    }

    Call sending(String text) {
        return sending(text.getBytes(StandardCharsets.UTF_8));
    }
}
