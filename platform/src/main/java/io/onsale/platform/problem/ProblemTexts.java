package io.onsale.platform.problem;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;

/** The texts of all modules' problems: {@code problems/*.properties} (English) and {@code problems/*_ko.properties}. */
public final class ProblemTexts {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.KOREAN);

    private final Properties english = new Properties();
    private final Properties korean = new Properties();

    /** Reads every bundle on the class path. */
    public ProblemTexts() {
        try {
            for (Resource bundle :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:problems/*.properties")) {
                boolean isKorean = Objects.requireNonNull(bundle.getFilename()).endsWith("_ko.properties");
                try (Reader reader = new InputStreamReader(bundle.getInputStream(), StandardCharsets.UTF_8)) {
                    (isKorean ? korean : english).load(reader);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The language to answer in: Korean or English, whichever the caller likes better; English when neither.
     *
     * @param acceptLanguage the header of that name (RFC 9110); null without one, and what cannot be read counts as none
     */
    public static Locale choose(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return Locale.ENGLISH;
        }
        HttpHeaders header = new HttpHeaders();
        header.set(HttpHeaders.ACCEPT_LANGUAGE, acceptLanguage);
        try {
            Locale best = Locale.lookup(header.getAcceptLanguage(), LANGUAGES);
            return best == null ? Locale.ENGLISH : best;
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            // The second for a lone hyphen, which Java's parser does not expect.
            return Locale.ENGLISH;
        }
    }

    /** The text of a key with its named values filled in; the key itself when no bundle knows it. */
    public String text(String key, Locale language, Map<String, Object> args) {
        String fallback = english.getProperty(key, key);
        String template = language.getLanguage().equals(Locale.KOREAN.getLanguage())
                ? korean.getProperty(key, fallback)
                : fallback;
        return args.isEmpty() ? template : fill(template, args);
    }

    /** Whether both languages have this key: what a test asks of every code. */
    public boolean isTranslated(String key) {
        return english.containsKey(key) && korean.containsKey(key);
    }

    private static String fill(String template, Map<String, Object> args) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match ->
                        Matcher.quoteReplacement(String.valueOf(args.getOrDefault(match.group(1), match.group()))));
    }
}
