package io.onsale.ticketing.tickets.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * What a ticket's QR says: {@code OST1.<id>.<signature>}, Base64url, signed with Ed25519 (RFC 8032). A gate without a network can
 * check it with the public key; only being used once needs the database.
 */
public final class TicketCode {

    private static final String PREFIX = "OST1";
    private static final int ID_BYTES = 16;

    private final Ed25519PrivateKeyParameters key;
    private final Ed25519PublicKeyParameters publicKey;

    /**
     * @param seed 32 bytes
     */
    public TicketCode(byte[] seed) {
        if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
            throw new IllegalArgumentException("onsale.tickets.qr-key must be Base64 of 32 bytes");
        }
        this.key = new Ed25519PrivateKeyParameters(seed);
        this.publicKey = key.generatePublicKey();
    }

    /** The code of a ticket: always the same. */
    public String of(String ticketId) {
        byte[] id = bytes(UUID.fromString(ticketId));
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        update(signer, id);
        return PREFIX + "." + encoded(id) + "." + encoded(signer.generateSignature());
    }

    /** The ticket a code stands for; empty when we did not sign it. */
    public Optional<String> read(String code) {
        String[] parts = code.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] id = Base64.getUrlDecoder().decode(parts[1]);
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            return id.length == ID_BYTES && isSigned(id, signature) ? Optional.of(uuid(id)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** For gates that check by themselves: the raw Ed25519 public key, Base64url. */
    public String publicKey() {
        return encoded(publicKey.getEncoded());
    }

    private boolean isSigned(byte[] id, byte[] signature) {
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, publicKey);
        update(verifier, id);
        return verifier.verifySignature(signature);
    }

    /** The prefix is signed, too, so that a signature made for anything else is none here. */
    private static void update(Ed25519Signer signer, byte[] id) {
        byte[] prefix = PREFIX.getBytes(StandardCharsets.US_ASCII);
        signer.update(prefix, 0, prefix.length);
        signer.update(id, 0, id.length);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static String uuid(byte[] id) {
        ByteBuffer buffer = ByteBuffer.wrap(id);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
}
