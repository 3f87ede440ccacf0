package io.onsale.ticketing.accounts.model;

import java.util.Locale;

/** The languages we write in. */
public enum Language {
    KO,
    EN;

    /** Korean for Korean, English for everybody else. */
    public static Language of(Locale locale) {
        return locale.getLanguage().equals(Locale.KOREAN.getLanguage()) ? KO : EN;
    }

    /** As stored and as bundles are named. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language of a stored code. */
    public static Language ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
