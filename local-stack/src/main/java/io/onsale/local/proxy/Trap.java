package io.onsale.local.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Waits for requests that say certain words one after the other on one connection, and then does its deed. */
final class Trap {

    /** What happens when the last word has been heard. */
    enum Deed {
        /** The request passes and is carried out; its answer is lost with the connection. */
        LOSE_REPLY,
        /** The request never arrives: its sender's process is killed. */
        KILL_BEFORE,
        /** The request passes and is carried out; its sender's process is killed before it hears of it. */
        KILL_AFTER
    }

    private final String link;
    private final List<String> words;
    private final Deed deed;
    private int skip;
    private int times;
    private int sprung;

    private Trap(String link, List<String> words, Deed deed, int skip, int times) {
        this.link = link;
        this.words = words;
        this.deed = deed;
        this.skip = skip;
        this.times = times;
    }

    /** Throws {@link IllegalArgumentException} with a sentence when it makes no sense. */
    static Trap of(JsonNode json) {
        List<String> words = new ArrayList<>();
        json.path("words").forEach(word -> words.add(word.asText()));
        if (words.isEmpty() || words.contains("")) {
            throw new IllegalArgumentException("a trap needs words to wait for");
        }
        return new Trap(
                json.path("link").asText(),
                List.copyOf(words),
                Deed.valueOf(json.path("deed").asText()),
                json.path("skip").asInt(0),
                json.path("times").asInt(1));
    }

    List<String> words() {
        return words;
    }

    Deed deed() {
        return deed;
    }

    /** Whether the one whose last word has just been heard is caught. */
    synchronized boolean springs() {
        if (times == 0) {
            return false;
        }
        if (skip > 0) {
            skip--;
            return false;
        }
        times--;
        sprung++;
        return true;
    }

    synchronized ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("link", link)
                .put("deed", deed.name())
                .put("waitsFor", String.join(" ... ", words))
                .put("left", times)
                .put("sprung", sprung);
    }
}
