package io.onsale.gateway.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the descriptions of several services together. Pure: maps in, map out. */
final class MergedDocument {
    private static final List<String> PARTS =
            List.of("schemas", "securitySchemes", "parameters", "responses", "headers");
    private static final String REFERENCE = "$ref";

    private final Map<String, Object> paths = new TreeMap<>();
    private final Map<String, Map<String, Object>> components = new LinkedHashMap<>();
    private final Map<String, Object> tags = new TreeMap<>();
    private @Nullable Object info;

    /**
     * Adds a service's document. A schema whose name another service uses for something else is renamed after its
     * service, with all references to it.
     */
    MergedDocument add(String service, Map<String, Object> document) {
        Map<String, Object> theirs = map(document.get("components"));
        Map<String, String> renamed = clashes(service, theirs);
        Object rewritten = rewrite(document, renamed);
        Map<String, Object> clean = map(rewritten);
        if (info == null) {
            info = clean.get("info");
        }
        paths.putAll(map(clean.get("paths")));
        Map<String, Object> cleanComponents = map(clean.get("components"));
        for (String part : PARTS) {
            map(cleanComponents.get(part))
                    .forEach((name, value) -> components
                            .computeIfAbsent(part, p -> new TreeMap<>())
                            .put(renamed.getOrDefault("#/components/" + part + "/" + name, name), value));
        }
        list(clean.get("tags")).forEach(tag -> tags.put(String.valueOf(map(tag).get("name")), tag));
        return this;
    }

    /** The whole, served from where the gateway is. */
    Map<String, Object> whole() {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("openapi", "3.1.0");
        whole.put("info", info == null ? Map.of("title", "onsale", "version", "v1") : info);
        whole.put("servers", List.of(Map.of("url", "/", "description", "this gateway")));
        if (!tags.isEmpty()) {
            whole.put("tags", new ArrayList<>(tags.values()));
        }
        whole.put("paths", paths);
        whole.put("components", components);
        return whole;
    }

    private Map<String, String> clashes(String service, Map<String, Object> theirs) {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (String part : PARTS) {
            Map<String, Object> known = components.getOrDefault(part, Map.of());
            map(theirs.get(part)).forEach((name, value) -> {
                if (known.containsKey(name) && !value.equals(known.get(name))) {
                    renamed.put("#/components/" + part + "/" + name, service + name);
                }
            });
        }
        return renamed;
    }

    private static Object rewrite(Object node, Map<String, String> renamed) {
        if (renamed.isEmpty()) {
            return node;
        }
        if (node instanceof Map<?, ?> object) {
            Map<String, Object> copy = new LinkedHashMap<>();
            object.forEach((key, value) -> copy.put(
                    String.valueOf(key),
                    REFERENCE.equals(key) && renamed.containsKey(value)
                            ? moved(String.valueOf(value), String.valueOf(renamed.get(value)))
                            : rewrite(value, renamed)));
            return copy;
        }
        return node instanceof List<?> items
                ? items.stream().map(item -> rewrite(item, renamed)).toList()
                : node;
    }

    private static String moved(String reference, String name) {
        return reference.substring(0, reference.lastIndexOf('/') + 1) + name;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object node) {
        return node instanceof Map<?, ?> object ? (Map<String, Object>) object : Map.of();
    }

    private static List<?> list(@Nullable Object node) {
        return node instanceof List<?> items ? items : List.of();
    }
}
