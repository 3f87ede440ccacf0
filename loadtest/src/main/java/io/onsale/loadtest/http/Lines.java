package io.onsale.loadtest.http;

import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** Cuts chunks of text into lines, whatever the chunks. */
final class Lines {

    private final StringBuilder rest = new StringBuilder();

    static Flux<String> split(Flux<String> chunks) {
        return Flux.defer(() -> {
            Lines lines = new Lines();
            return chunks.concatMapIterable(lines::next);
        });
    }

    private List<String> next(String chunk) {
        rest.append(chunk);
        List<String> whole = new ArrayList<>();
        int start = 0;
        for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", start)) {
            whole.add(rest.substring(start, end > start && rest.charAt(end - 1) == '\r' ? end - 1 : end));
            start = end + 1;
        }
        rest.delete(0, start);
        return whole;
    }
}
