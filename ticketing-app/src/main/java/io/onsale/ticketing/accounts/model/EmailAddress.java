package io.onsale.ticketing.accounts.model;

import java.text.Normalizer;
import java.util.Locale;

/** An e-mail address in the one form by which accounts are compared: trimmed, NFC, lower case. */
public record EmailAddress(String value) {

    /** The canonical form of what somebody typed; its syntax was checked at the edge. */
    public static EmailAddress of(String typed) {
        return new EmailAddress(
                Normalizer.normalize(typed.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT));
    }

    /** Never prints the address: it is personal. */
    @Override
    public String toString() {
        return "EmailAddress[…]";
    }
}
