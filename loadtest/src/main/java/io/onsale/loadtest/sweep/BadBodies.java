package io.onsale.loadtest.sweep;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A good body, spoilt in one place at a time, and bodies that are none. */
final class BadBodies {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** What no JSON writer writes; replaced in the bytes. */
    private static final Map<String, String> RAW =
            Map.of("\"@half@\"", "\"a\\ud800b\"", "\"@infinite@\"", "1e999", "\"@nul@\"", "\"a\\u0000b\"");

    private static final int LONG_TEXT = 10_000;
    private static final int HUGE_BODY = 2 << 20;
    private static final int DEPTH = 5_000;

    private final Schemas schemas;
    private final Samples samples;

    BadBodies(Schemas schemas, Samples samples) {
        this.schemas = schemas;
        this.samples = samples;
    }

    List<Case> of(Operation operation, Call good) {
        List<Case> cases = new ArrayList<>();
        if (operation.bodyType().isEmpty()) {
            cases.add(Case.of(
                    "a body where none belongs",
                    good.with("Content-Type", "application/json").sending("{\"a\": 1}")));
            return cases;
        }
        whole(good, cases);
        if (operation.bodyType().equals("application/json") && samples.json(operation) instanceof ObjectNode body) {
            ObjectNode extra = body.deepCopy();
            extra.put("status", "CONFIRMED").put("price", 1).put("role", "ADMIN");
            cases.add(Case.of("body: unknown fields", good.sending(bytes(extra))));
            spoil(schemas.resolve(operation.bodySchema()), body, body, "", good, cases);
        }
        return cases;
    }

    private static void whole(Call good, List<Case> cases) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("empty", "");
        texts.put("null", "null");
        texts.put("a list", "[]");
        texts.put("a text", "\"x\"");
        texts.put("a number", "1");
        texts.put("cut off", "{\"a\":");
        texts.put("no JSON", "<a>b</a>");
        texts.put("two values", "{} {}");
        texts.put("an empty object", "{}");
        texts.put("deep", "[".repeat(DEPTH));
        texts.put("deep objects", "{\"a\":".repeat(DEPTH));
        texts.put("a long number", "{\"a\": " + "9".repeat(5_000) + "}");
        texts.forEach((name, text) -> cases.add(Case.of("body: " + name, good.sending(text))));
        cases.add(Case.of("body: no UTF-8", good.sending(new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '"', '}'})));
        cases.add(Case.of("body: huge", good.sending("{\"a\": \"" + "x".repeat(HUGE_BODY) + "\"}")));
        cases.add(Case.of("body: UTF-16", good.sending("{\"a\": 1}".getBytes(StandardCharsets.UTF_16))));
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "multipart/form-data",
                "application/x-www-form-urlencoded",
                "application/json; charset=utf-16",
                "nonsense",
                "a/b/c",
                "*/*")) {
            cases.add(Case.of("content type " + type, good.with("Content-Type", type)));
        }
        cases.add(Case.of("no content type", good.without("Content-Type")));
        cases.add(Case.of("content encoding that it has not", good.with("Content-Encoding", "gzip")));
    }

    private void spoil(JsonNode schema, ObjectNode whole, ObjectNode part, String at, Call good, List<Case> cases) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = property.getKey();
            JsonNode before = part.get(name);
            JsonNode sound = before == null ? samples.valueOf(property.getValue()) : before;
            badValues(sound).forEach((what, value) -> {
                part.set(name, value);
                cases.add(Case.of("body: " + at + name + " " + what, good.sending(bytes(whole))));
            });
            part.remove(name);
            cases.add(Case.of("body: " + at + name + " missing", good.sending(bytes(whole))));
            part.set(name, sound);
            nested(schemas.resolve(property.getValue()), whole, sound, at + name, good, cases);
            if (before == null) {
                part.remove(name);
            }
        }
    }

    private void nested(JsonNode schema, ObjectNode whole, JsonNode value, String at, Call good, List<Case> cases) {
        if (value instanceof ObjectNode object) {
            spoil(schema, whole, object, at + ".", good, cases);
        } else if (value.isArray() && value.path(0) instanceof ObjectNode first) {
            spoil(schemas.resolve(schema.path("items")), whole, first, at + "[0].", good, cases);
        }
    }

    private static Map<String, JsonNode> badValues(JsonNode sound) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        values.put("null", NODES.nullNode());
        values.put("true", NODES.booleanNode(true));
        values.put("0", NODES.numberNode(0));
        values.put("-1", NODES.numberNode(-1));
        values.put("1.5", NODES.numberNode(1.5));
        values.put("2^31", NODES.numberNode(1L << 31));
        values.put("2^63", NODES.numberNode(BigInteger.ONE.shiftLeft(63)));
        values.put("-2^63", NODES.numberNode(Long.MIN_VALUE));
        values.put("1e308", NODES.numberNode(1e308));
        values.put("1e999", NODES.stringNode("@infinite@"));
        values.put("empty text", NODES.stringNode(""));
        values.put("blank", NODES.stringNode(" \t\n"));
        values.put("a text", NODES.stringNode("x"));
        values.put("a long text", NODES.stringNode("가".repeat(LONG_TEXT)));
        values.put("NUL", NODES.stringNode("@nul@"));
        values.put("half a surrogate", NODES.stringNode("@half@"));
        values.put("line break", NODES.stringNode("a\r\nBcc: x@example.com"));
        values.put("SQL", NODES.stringNode("'; drop table accounts.users; --"));
        values.put("a bad date", NODES.stringNode("2026-13-45T99:99:99Z"));
        values.put("a far date", NODES.stringNode("+999999999-12-31T23:59:59.999999999Z"));
        values.put("an id of nothing", NODES.stringNode("00000000-0000-0000-0000-000000000000"));
        values.put("a list", JSON.createArrayNode());
        values.put("a list of null", JSON.createArrayNode().addNull());
        values.put("a list of lists", JSON.createArrayNode().add(JSON.createArrayNode()));
        values.put("an object", JSON.createObjectNode());
        if (sound.isArray() && !sound.isEmpty()) {
            var twice = JSON.createArrayNode().add(sound.path(0)).add(sound.path(0));
            values.put("the same twice", twice);
            var many = JSON.createArrayNode();
            for (int i = 0; i < 2_000; i++) {
                many.add(sound.path(0));
            }
            values.put("very many", many);
        }
        return values;
    }

    private static byte[] bytes(JsonNode body) {
        String text = JSON.writeValueAsString(body);
        for (Map.Entry<String, String> raw : RAW.entrySet()) {
            text = text.replace(raw.getKey(), raw.getValue());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
