package io.onsale.ticketing.tickets.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TicketNumberTest {

    private static final String SYMBOLS = "23467CDFGHJKMNPQRTVWXYZ";

    @Property(tries = 500)
    void isReadBackHoweverItIsTyped(@ForAll long seed) {
        String number = TicketNumber.random(new Random(seed));
        assertThat(number).matches("[" + SYMBOLS + "]{4}-[" + SYMBOLS + "]{4}-[" + SYMBOLS + "]{3}");
        assertThat(TicketNumber.parse(number)).contains(number);
        assertThat(TicketNumber.parse(" " + number.replace("-", " ").toLowerCase(Locale.ROOT)))
                .contains(number);
    }

    @Property(tries = 2_000)
    void oneMisheardSymbolIsNoticed(
            @ForAll long seed, @ForAll @IntRange(max = 9) int at, @ForAll @IntRange(min = 1, max = 22) int shift) {
        StringBuilder heard =
                new StringBuilder(TicketNumber.random(new Random(seed)).replace("-", ""));
        int symbol = SYMBOLS.indexOf(heard.charAt(at));
        heard.setCharAt(at, SYMBOLS.charAt((symbol + shift) % SYMBOLS.length()));
        assertThat(TicketNumber.parse(heard.toString())).isEmpty();
    }

    @Property(tries = 2_000)
    void twoSwappedSymbolsAreNoticed(@ForAll long seed, @ForAll @IntRange(max = 8) int at) {
        StringBuilder heard =
                new StringBuilder(TicketNumber.random(new Random(seed)).replace("-", ""));
        char first = heard.charAt(at);
        char second = heard.charAt(at + 1);
        heard.setCharAt(at, second);
        heard.setCharAt(at + 1, first);
        assertThat(TicketNumber.parse(heard.toString()).isEmpty()).isEqualTo(first != second);
    }
}
