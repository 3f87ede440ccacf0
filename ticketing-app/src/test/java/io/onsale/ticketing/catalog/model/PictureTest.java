package io.onsale.ticketing.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.catalog.model.Picture.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What the first bytes of a picture say. */
class PictureTest {

    @Test
    void pngAndJpegSayTheirSize() throws IOException {
        assertThat(Picture.of(drawn("png", 321, 45))).contains(new Picture(Format.PNG, 321, 45));
        assertThat(Picture.of(drawn("jpg", 321, 45))).contains(new Picture(Format.JPEG, 321, 45));
    }

    @Test
    void allThreeKindsOfWebpSayTheirSize() {
        ByteBuffer lossy = webp("VP8 ").putShort(26, (short) 640).putShort(28, (short) 480);
        assertThat(Picture.of(lossy.array())).contains(new Picture(Format.WEBP, 640, 480));
        ByteBuffer lossless = webp("VP8L").put(20, (byte) 0x2f).putInt(21, 639 | 479 << 14);
        assertThat(Picture.of(lossless.array())).contains(new Picture(Format.WEBP, 640, 480));
        ByteBuffer extended = webp("VP8X").putInt(24, 639).putInt(26, 639 >> 16 | 479 << 8);
        assertThat(Picture.of(extended.array())).contains(new Picture(Format.WEBP, 640, 480));
    }

    @Test
    void aBombIsMeasuredWithoutBeingOpened() throws IOException {
        byte[] bomb = drawn("png", 10, 10);
        ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
        assertThat(Picture.of(bomb).orElseThrow().pixels()).isEqualTo(3_600_000_000L);
    }

    @Test
    void aProgramThatCallsItselfAPictureIsNone() {
        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Picture.of(svg)).isEmpty();
        assertThat(Picture.of("GIF89a and then some more bytes to be long".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Property
    void whateverIsSentIsReadWithoutAnError(@ForAll @Size(max = 200) byte[] bytes) {
        assertThat(Picture.of(bytes))
                .satisfies(found ->
                        found.ifPresent(picture -> assertThat(picture.pixels()).isPositive()));
    }

    @Property
    void whatBeginsLikeAJpegIsReadWithoutAnError(@ForAll @Size(min = 40, max = 200) byte[] bytes) {
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) 0xd8;
        bytes[2] = (byte) 0xff;
        assertThat(Picture.of(bytes))
                .satisfies(found ->
                        found.ifPresent(picture -> assertThat(picture.pixels()).isPositive()));
    }

    static byte[] drawn(String format, int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    private static ByteBuffer webp(String chunk) {
        byte[] bytes = new byte[40];
        Arrays.fill(bytes, (byte) 0);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, "RIFF".getBytes(StandardCharsets.US_ASCII));
        file.put(8, "WEBP".getBytes(StandardCharsets.US_ASCII));
        file.put(12, chunk.getBytes(StandardCharsets.US_ASCII));
        return file;
    }
}
