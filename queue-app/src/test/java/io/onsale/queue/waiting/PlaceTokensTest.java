package io.onsale.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlaceTokensTest {
    private static final String OLD_KEY = "old-old-old-old-old-old-old-old-old-old";
    private static final String NEW_KEY = "new-new-new-new-new-new-new-new-new-new";

    private final PlaceTokens tokens = new PlaceTokens(new Macs(List.of(NEW_KEY, OLD_KEY)));
    private final PlaceToken token = new PlaceToken('W', (217_403_090L << 24) + 42, 1_800_000_000_000L, 0, 0);

    @Test
    void isReadByItsIssuerForTheSameAccountAndEventOnly() {
        String text = tokens.issue("user", "event", token);
        assertThat(tokens.read("user", "event", text)).isEqualTo(token);
        assertThat(tokens.read("other", "event", text)).isNull();
        assertThat(tokens.read("user", "other", text)).isNull();
        assertThat(tokens.read("use", "revent", text)).isNull();
    }

    @Test
    void isReadWithARetiredKeyAndNotWithAForeignOne() {
        String old = new PlaceTokens(new Macs(List.of(OLD_KEY))).issue("user", "event", token);
        assertThat(tokens.read("user", "event", old)).isEqualTo(token);
        String foreign = new PlaceTokens(new Macs(List.of(OLD_KEY + "!"))).issue("user", "event", token);
        assertThat(tokens.read("user", "event", foreign)).isNull();
    }

    @Property
    void noChangedBitGoesUnnoticed(
            @ForAll @IntRange(min = 0, max = 48) int at, @ForAll @IntRange(min = 0, max = 7) int bit) {
        byte[] bytes = Base64.getUrlDecoder().decode(tokens.issue("user", "event", token));
        bytes[at] ^= (byte) (1 << bit);
        String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        assertThat(tokens.read("user", "event", changed)).isNull();
    }

    @Property
    void nonsenseIsNoToken(@ForAll String text) {
        assertThat(tokens.read("user", "event", text)).isNull();
    }

    @Test
    void isTheSameTextWithinAMinuteAndKnowsItsEpoch() {
        LineFacts facts = facts(1_800_000_030_000L, 1_800_000_000_000L);
        Place place = new Place(Place.Kind.WAITING, token.score(), 3, 1_800_000_010_000L, null);
        String first = tokens.issue("user", "event", facts, place);
        assertThat(tokens.issue("user", "event", facts(1_800_000_039_000L, 1_800_000_000_000L), place))
                .isEqualTo(first);
        assertThat(tokens.read("user", "event", first).issuedMillis())
                .as("never before the place was taken")
                .isGreaterThanOrEqualTo(place.joinedMillis());
    }

    private static LineFacts facts(long now, long began) {
        return new LineFacts(now, 217_403_090L, began, 0, 0, "OPEN", false, "", 0, 1, 0, 0);
    }
}
