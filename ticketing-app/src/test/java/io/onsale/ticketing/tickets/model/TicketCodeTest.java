package io.onsale.ticketing.tickets.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TicketCodeTest {

    private final TicketCode codes = new TicketCode(new byte[32]);

    @Test
    void aCodeIsReadBackAndAlwaysTheSame() {
        String id = Ids.next();
        assertThat(codes.read(codes.of(id))).contains(id);
        assertThat(codes.of(id)).isEqualTo(codes.of(id)).hasSizeLessThan(120);
    }

    @Test
    void nothingElseIsACode() {
        String code = codes.of(Ids.next());
        String[] parts = code.split("\\.");
        String other = codes.of(Ids.next()).split("\\.")[1];
        assertThat(codes.read(parts[0] + "." + other + "." + parts[2])).isEmpty();
        assertThat(codes.read(new TicketCode(new byte[] {
                            1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7,
                            8
                        })
                        .of(Ids.next())))
                .isEmpty();
        assertThat(codes.read("OST2" + code.substring(4))).isEmpty();
        assertThat(codes.read("")).isEmpty();
        assertThat(codes.read("OST1..")).isEmpty();
        assertThat(codes.read("OST1.%%%.%%%")).isEmpty();
    }

    /** A gate's own program, without our code, with what any JDK has. */
    @Test
    void aGateChecksItWithThePublicKeyAlone() throws Exception {
        String[] parts = codes.of(Ids.next()).split("\\.");
        byte[] raw = Base64.getUrlDecoder().decode(codes.publicKey());
        byte[] x509 = HexFormat.of()
                .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw));
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update("OST1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        verifier.update(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }
}
