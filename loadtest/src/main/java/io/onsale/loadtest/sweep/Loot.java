package io.onsale.loadtest.sweep;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What went over the wire and must never be written down on the other side: tokens, passes, passwords. */
final class Loot {
    private static final Pattern TOLD = Pattern.compile(
            "\"(?:accessToken|refreshToken|pass|paymentToken|placeToken|ticket|password|newPassword)\"\\s*:\\s*\"([^\"]{16,})\"");
    private static final Pattern SENT = Pattern.compile("(?:Bearer |[?&]ticket=)?([A-Za-z0-9._~+/=-]{40,})$");

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    void take(Call call, Answer answer) {
        call.headers().forEach((name, value) -> {
            if (name.equals("Authorization") || name.equals("Queue-Pass")) {
                SENT.matcher(value).results().forEach(found -> secrets.add(found.group(1)));
            }
        });
        told(new String(call.body(), java.nio.charset.StandardCharsets.UTF_8));
        told(answer.text());
    }

    private void told(String text) {
        Matcher matcher = TOLD.matcher(text);
        while (matcher.find()) {
            secrets.add(matcher.group(1));
        }
    }

    Set<String> secrets() {
        return Set.copyOf(secrets);
    }
}
