package io.onsale.ticketing.tickets.model;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A ticket's number as one reads it to another: ten symbols and a check symbol, in groups, without vowels (no words) and without
 * what looks or sounds alike (0 O, 1 I L, 5 S, B 8).
 */
public final class TicketNumber {

    private static final String SYMBOLS = "23467CDFGHJKMNPQRTVWXYZ";
    private static final int RANDOM_SYMBOLS = 10;

    private TicketNumber() {}

    /** 4 x 10^13 numbers: two that are the same are refused by the database, and next to impossible. */
    public static String random(RandomGenerator random) {
        StringBuilder symbols = new StringBuilder();
        for (int i = 0; i < RANDOM_SYMBOLS; i++) {
            symbols.append(SYMBOLS.charAt(random.nextInt(SYMBOLS.length())));
        }
        return grouped(symbols.append(checkSymbol(symbols)));
    }

    /** The number as stored, from what was typed or heard: any case, any spacing. Empty when it is none, or misread. */
    public static Optional<String> parse(String heard) {
        StringBuilder symbols = new StringBuilder();
        heard.toUpperCase(Locale.ROOT).chars().filter(c -> c != '-' && c != ' ').forEach(c -> symbols.append((char) c));
        if (symbols.length() != RANDOM_SYMBOLS + 1 || symbols.chars().anyMatch(c -> SYMBOLS.indexOf(c) < 0)) {
            return Optional.empty();
        }
        CharSequence body = symbols.subSequence(0, RANDOM_SYMBOLS);
        return symbols.charAt(RANDOM_SYMBOLS) == checkSymbol(body) ? Optional.of(grouped(symbols)) : Optional.empty();
    }

    /**
     * 23 symbols, a prime: the weighted sum notices every single wrong symbol and every two neighbours swapped.
     */
    private static char checkSymbol(CharSequence body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            sum += (i + 2) * SYMBOLS.indexOf(body.charAt(i));
        }
        return SYMBOLS.charAt(sum % SYMBOLS.length());
    }

    private static String grouped(CharSequence symbols) {
        return symbols.subSequence(0, 4) + "-" + symbols.subSequence(4, 8) + "-" + symbols.subSequence(8, 11);
    }
}
