package io.onsale.ticketing.accounts.mail;

import io.onsale.ticketing.accounts.crypto.MailedToken;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.Letter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * What letters say, in both languages: {@code mails/accounts_<language>.properties}. Nothing that somebody typed is in them, so that
 * nobody writes to others through us. Tokens are in the fragment of a link: no server gets to see it, and so no log.
 */
@Component
class Texts {
    private final MailSettings settings;
    private final Map<Language, Properties> bundles = new EnumMap<>(Language.class);

    Texts(MailSettings settings) {
        this.settings = settings;
        for (Language language : Language.values()) {
            bundles.put(language, bundle("mails/accounts_" + language.code() + ".properties"));
        }
    }

    Written write(Letter letter, Language language, @Nullable MailedToken token) {
        Properties bundle = Objects.requireNonNull(bundles.get(language));
        String text = text(bundle, letter + ".text")
                .replace("{hours}", Long.toString(settings.verifyLife().toHours()))
                .replace("{minutes}", Long.toString(settings.resetLife().toMinutes()))
                .replace("{shop}", settings.shop().toString())
                .replace("{link}", token == null ? "" : link(letter, token));
        return new Written(text(bundle, letter + ".subject"), text + "\n\n" + text(bundle, "signature"));
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
