package io.onsale.ticketing.accounts.mail;

import io.onsale.ticketing.accounts.Letters.Booking;
import io.onsale.ticketing.accounts.crypto.MailedToken;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.Letter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What letters say, in both languages: {@code mails/accounts_<language>.properties}. Nothing that somebody typed is in them but the
 * title of an event that its reader has booked, so that nobody writes to others through us. Tokens are in the fragment of a link: no server gets to see it, and so no log.
 */
@Component
class Texts {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final DateTimeFormatter KOREAN_TIME =
            DateTimeFormatter.ofPattern("uuuu년 M월 d일 (E) HH:mm", Locale.KOREAN);
    private static final DateTimeFormatter ENGLISH_TIME =
            DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm '(Seoul)'", Locale.ENGLISH);

    private final MailSettings settings;
    private final Map<Language, Properties> bundles = new EnumMap<>(Language.class);

    Texts(MailSettings settings) {
        this.settings = settings;
        for (Language language : Language.values()) {
            bundles.put(language, bundle("mails/accounts_" + language.code() + ".properties"));
        }
    }

    /** @param details JSON of a {@link Booking}, where the letter is about one */
    Written write(Letter letter, Language language, @Nullable MailedToken token, @Nullable String details) {
        Properties bundle = Objects.requireNonNull(bundles.get(language));
        Map<String, String> values = new HashMap<>();
        values.put("hours", Long.toString(settings.verifyLife().toHours()));
        values.put("minutes", Long.toString(settings.resetLife().toMinutes()));
        values.put("shop", settings.shop().toString());
        values.put("link", token == null ? "" : link(letter, token));
        if (details != null) {
            values.putAll(told(JsonMapper.shared().readValue(details, Booking.class), language));
        }
        return new Written(
                fill(text(bundle, letter + ".subject"), values),
                fill(text(bundle, letter + ".text"), values) + "\n\n" + text(bundle, "signature"));
    }

    private static Map<String, String> told(Booking booking, Language language) {
        DateTimeFormatter format = language == Language.KO ? KOREAN_TIME : ENGLISH_TIME;
        return Map.of(
                "title", booking.title(),
                "venue", booking.venue(),
                "when", format.format(booking.startsAt().atZone(SEOUL)),
                "tickets", String.join("\n", booking.tickets()),
                "count", Integer.toString(booking.tickets().size()));
    }

    /** In one go, so that what stands in a title is never taken for a place to fill. */
    private static String fill(String template, Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
    }

    private String link(Letter letter, MailedToken token) {
        String page = letter == Letter.VERIFY_EMAIL ? "verify-email" : "reset-password";
        return settings.shop().toString().replaceAll("/$", "") + '/' + page + "#token=" + token.value();
    }

    private static String text(Properties bundle, String key) {
        return Objects.requireNonNull(bundle.getProperty(key), key);
    }

    private static Properties bundle(String path) {
        Properties bundle = new Properties();
        try (Reader reader =
                new InputStreamReader(new ClassPathResource(path).getInputStream(), StandardCharsets.UTF_8)) {
            bundle.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bundle;
    }

    /** A letter in somebody's language. */
    record Written(String subject, String text) {

        /** Never prints the text: it may hold a token. */
        @Override
        public String toString() {
            return "Written[" + subject + "]";
        }
    }
}
