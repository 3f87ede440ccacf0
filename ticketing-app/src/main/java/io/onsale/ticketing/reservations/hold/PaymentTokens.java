package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.reservations.ReservationsProblem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Permission to pay for exactly one reservation: read by its issuer alone, hence HMAC-SHA256. Form:
 * {@code base64url(pay|reservation|token id|end in epoch seconds).base64url(mac)}.
 */
@Component
public class PaymentTokens {
    private static final String KIND = "pay";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final HoldSettings settings;
    private final List<SecretKeySpec> keys;
    private final Clock clock;

    PaymentTokens(HoldSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.keys = settings.paymentTokenKeys().stream()
                .map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                .toList();
    }

    /** A new token, good for one payment. */
    public String mint(String reservationId) {
        Instant end = clock.instant().plus(settings.paymentTokenLife());
        String payload = String.join("|", KIND, reservationId, Ids.next(), Long.toString(end.getEpochSecond()));
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return TEXT.encodeToString(bytes) + "." + TEXT.encodeToString(mac(keys.get(0), bytes));
    }

    /** The token's id; fails with a problem when it is not a living token of that reservation. */
    public String verify(String token, String reservationId) {
        String[] parts = payload(token).split("\\|", -1);
        if (parts.length != 4 || !parts[0].equals(KIND) || !parts[1].equals(reservationId)) {
            throw invalid();
        }
        if (Long.parseLong(parts[3]) <= clock.instant().getEpochSecond()) {
            throw Problem.of(ReservationsProblem.PAYMENT_TOKEN_EXPIRED).asException();
        }
        return parts[2];
    }

    private String payload(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > 512) {
            throw invalid();
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(token.substring(0, dot));
            byte[] mac = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            boolean ours = keys.stream().anyMatch(key -> MessageDigest.isEqual(mac(key, payload), mac));
            if (!ours) {
                throw invalid();
            }
            return new String(payload, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
    }

    private static RuntimeException invalid() {
        return Problem.of(ReservationsProblem.PAYMENT_TOKEN_INVALID).asException();
    }

    private static byte[] mac(SecretKeySpec key, byte[] payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
