package io.onsale.local.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pages a human sees, in Korean and English, without scripts. */
final class Pages {

    private static final String CHECKOUT = template("checkout.html");
    private static final String RESULT = template("result.html");

    private Pages() {}

    static Answer checkout(String provider, Payment payment, String path, Map<String, String> query) {
        if (payment.isCaptured()) {
            return result(provider, payment, null);
        }
        String kept = query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return Answer.html(
                200,
                fill(CHECKOUT, provider, payment)
                        .replace("{path}", escape(path))
                        .replace("{query}", kept.isEmpty() ? "" : "?" + escape(kept)));
    }

    static Answer result(String provider, Payment payment, @Nullable String failure) {
        return Answer.html(
                200,
                fill(RESULT, provider, payment)
                        .replace("{headline}", failure == null ? "결제되었습니다 · Paid" : "결제되지 않았습니다 · Not paid")
                        .replace("{reason}", failure == null ? "" : escape(failure)));
    }

    private static String fill(String template, String provider, Payment payment) {
        return template.replace("{provider}", provider)
                .replace(
                        "{amount}",
                        NumberFormat.getIntegerInstance(Locale.KOREA).format(payment.amount))
                .replace("{order}", escape(payment.order.path("orderName").asText("onsale")))
                .replace("{payment}", escape(payment.id));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("{", "&#123;");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String template(String name) {
        try (InputStream stream = Pages.class.getResourceAsStream("/sandbox/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("the page " + name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
