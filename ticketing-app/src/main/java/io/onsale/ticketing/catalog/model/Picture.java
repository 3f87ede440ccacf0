package io.onsale.ticketing.catalog.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a picture's own first bytes say of it. Nothing is decoded, so nothing can blow up: the pixels are counted where each format
 * declares them (PNG: IHDR; JPEG: start of frame; WebP: VP8, VP8L or VP8X chunk). What a client claims about the type is not asked.
 *
 * @param width in pixels
 */
public record Picture(Format format, int width, int height) {

    /** What browsers show and we keep. SVG is not among them: it is a program. */
    public enum Format {
        PNG("image/png", "png"),
        JPEG("image/jpeg", "jpg"),
        WEBP("image/webp", "webp");

        private final String mediaType;
        private final String ending;

        Format(String mediaType, String ending) {
            this.mediaType = mediaType;
            this.ending = ending;
        }

        public String mediaType() {
            return mediaType;
        }

        /** Of file names. */
        public String ending() {
            return ending;
        }
    }

    private static final long PNG_MAGIC = 0x89504e470d0a1a0aL;
    private static final int SHORTEST = 30;

    /** The picture that these bytes begin; empty when it is none we know. */
    public static Optional<Picture> of(byte[] bytes) {
        if (bytes.length < SHORTEST) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getLong(0) == PNG_MAGIC && text(bytes, 12).equals("IHDR")) {
            return sound(Format.PNG, in.getInt(16), in.getInt(20));
        }
        if (text(bytes, 0).equals("RIFF") && text(bytes, 8).equals("WEBP")) {
            return webp(bytes, in.order(ByteOrder.LITTLE_ENDIAN));
        }
        return in.getShort(0) == (short) 0xffd8 ? jpeg(in) : Optional.empty();
    }

    /** How many pixels a browser will have to make of it. */
    public long pixels() {
        return (long) width * height;
    }

    private static Optional<Picture> webp(byte[] bytes, ByteBuffer in) {
        return switch (text(bytes, 12)) {
            case "VP8 " -> sound(Format.WEBP, in.getShort(26) & 0x3fff, in.getShort(28) & 0x3fff);
            case "VP8L" -> {
                int packed = in.getInt(21);
                yield sound(Format.WEBP, (packed & 0x3fff) + 1, (packed >>> 14 & 0x3fff) + 1);
            }
            case "VP8X" -> sound(Format.WEBP, (in.getInt(24) & 0xffffff) + 1, (in.getInt(26) >>> 8) + 1);
            default -> Optional.empty();
        };
    }

    /** Walks from marker to marker until the frame begins. */
    private static Optional<Picture> jpeg(ByteBuffer in) {
        int at = 2;
        while (at + 9 < in.limit() && in.get(at) == (byte) 0xff) {
            int marker = in.get(at + 1) & 0xff;
            if (marker == 0xff) {
                at++;
            } else if (isFrame(marker)) {
                return sound(Format.JPEG, in.getShort(at + 7) & 0xffff, in.getShort(at + 5) & 0xffff);
            } else {
                at += 2 + (in.getShort(at + 2) & 0xffff);
            }
        }
        return Optional.empty();
    }

    /** SOF0 to SOF15 but for the three of that range that mean tables. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static Optional<Picture> sound(Format format, int width, int height) {
        return width > 0 && height > 0 ? Optional.of(new Picture(format, width, height)) : Optional.empty();
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, 4, StandardCharsets.ISO_8859_1);
    }
}
