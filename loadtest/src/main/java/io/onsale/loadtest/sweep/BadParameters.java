package io.onsale.loadtest.sweep;

import java.util.ArrayList;
import java.util.List;

/** Parameters and headers that no good client sends. */
final class BadParameters {
    private static final String LONG = "a".repeat(5_000);
    private static final List<String> IN_PATHS = List.of(
            "x",
            "-1",
            "00000000-0000-0000-0000-000000000000",
            LONG,
            "%00",
            "%ff",
            "%ED%A0%80",
            "%",
            "%zz",
            "a%2fb",
            "..",
            "%F0%9F%98%80",
            "{id}",
            "'%20or%201=1--",
            "a;b=c",
            "%0d%0aSet-Cookie:x=1",
            "0198%2d0000");
    private static final List<String> IN_QUERIES = List.of(
            "",
            "x",
            "-1",
            "0",
            "1.5",
            "2147483648",
            "99999999999999999999",
            "1e9",
            "null",
            "true",
            "%00",
            "%ff",
            "%",
            "%zz",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "a\rb".replace("\r", "%0d"),
            LONG,
            "2026-13-45T99:99:99Z",
            "%2B999999999-12-31T23:59:59Z",
            "'%20or%201=1--",
            "00000000-0000-0000-0000-000000000000",
            "a&x=1",
            "[]",
            "|",
            "\"");
    private static final List<String> IN_HEADERS =
            List.of("", " ", "\"", "\"\"", "x", "é", "a\tb", "1".repeat(300), "a,b", "\"a\";q=1", "x".repeat(9_000));

    private BadParameters() {}

    static List<Case> of(Operation operation, Call good) {
        List<Case> cases = new ArrayList<>();
        for (Operation.Parameter parameter : operation.parameters()) {
            switch (parameter.in()) {
                case "path" -> inPath(operation, parameter.name(), good, cases);
                case "query" -> inQuery(parameter.name(), good, cases);
                case "header" -> inHeader(parameter.name(), good, cases);
                default ->
                    cases.add(
                            Case.of("cookie " + parameter.name(), good.with("Cookie", parameter.name() + "=nonsense")));
            }
        }
        ofEveryCall(good, cases);
        return cases;
    }

    private static void inPath(Operation operation, String name, Call good, List<Case> cases) {
        String[] pattern = operation.path().split("/", -1);
        int query = good.target().indexOf('?');
        String tail = query < 0 ? "" : good.target().substring(query);
        String[] segments = (query < 0 ? good.target() : good.target().substring(0, query)).split("/", -1);
        for (int i = 0; i < pattern.length && i < segments.length; i++) {
            if (pattern[i].equals("{" + name + "}")) {
                String before = segments[i];
                for (String bad : IN_PATHS) {
                    segments[i] = bad;
                    cases.add(new Case(
                            "path " + name + "=" + shortened(bad),
                            good.to(String.join("/", segments) + tail),
                            !bad.equals("..")));
                }
                segments[i] = before;
            }
        }
    }

    private static void inQuery(String name, Call good, List<Case> cases) {
        String bare = good.target().replaceFirst("[?&]" + name + "=[^&]*", "");
        String join = bare.contains("?") ? "&" : "?";
        cases.add(Case.of("query " + name + " missing", good.to(bare)));
        for (String bad : IN_QUERIES) {
            cases.add(Case.of("query " + name + "=" + shortened(bad), good.to(bare + join + name + "=" + bad)));
        }
        cases.add(Case.of("query " + name + " twice", good.to(bare + join + name + "=1&" + name + "=2")));
    }

    private static void inHeader(String name, Call good, List<Case> cases) {
        cases.add(Case.of("header " + name + " missing", good.without(name)));
        for (String bad : IN_HEADERS) {
            cases.add(Case.of("header " + name + ": " + shortened(bad), good.with(name, bad)));
        }
    }

    private static void ofEveryCall(Call good, List<Case> cases) {
        cases.add(Case.of("authorization: empty", good.with("Authorization", "Bearer ")));
        cases.add(Case.of("authorization: Basic", good.with("Authorization", "Basic YTpi")));
        cases.add(Case.of("authorization: long", good.with("Authorization", "Bearer " + LONG)));
        cases.add(Case.of("accept: xml only", good.with("Accept", "application/xml")));
        cases.add(Case.of("accept: nonsense", good.with("Accept", "a/b/c;;q=x")));
        cases.add(Case.of("accept-language: nonsense", good.with("Accept-Language", "-;;q=9,*,@@")));
        cases.add(Case.of("origin: a stranger's", good.with("Origin", "https://evil.example")));
        cases.add(Case.of("origin: nonsense", good.with("Origin", "::not a url::")));
        cases.add(Case.of("origin: null", good.with("Origin", "null")));
        cases.add(Case.of("range: nonsense", good.with("Range", "bytes=9-1")));
        cases.add(Case.of("if-none-match: nonsense", good.with("If-None-Match", "\"x")));
        cases.add(Case.of("traceparent: nonsense", good.with("traceparent", "00-zz-zz-zz")));
        cases.add(Case.of("many headers", good.with("X-Padding", "x".repeat(20_000))));
        cases.add(Case.of("identity headers", good.with("X-User-Id", "admin").with("X-User-Role", "ADMIN")));
        cases.add(new Case("method FOO", good.by("FOO"), false));
        cases.add(new Case("method TRACE", good.by("TRACE"), false));
        cases.add(new Case("method OPTIONS", good.by("OPTIONS"), false));
        cases.add(new Case("path with a dot", good.to(good.target().replace("/api/v1/", "/api/v1/./")), false));
        cases.add(new Case("path doubled", good.to(good.target().replace("/api/v1/", "/api/v1//")), false));
        cases.add(new Case("unknown path", good.to(good.target().replaceFirst("\\?.*", "") + "/nothing/here"), false));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 20) + "… (" + text.length() + ")";
    }
}
