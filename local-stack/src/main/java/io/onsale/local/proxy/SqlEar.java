package io.onsale.local.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Follows one client's side of PostgreSQL's protocol far enough to know which SQL a bound statement stands for: a prepared
 * statement's text passes once, later uses only name it.
 */
final class SqlEar {

    private static final int HEAD = 5;
    private static final int MOST = 1 << 20;
    private static final int SSL_REQUEST = 8;

    private final Map<String, String> statements = new HashMap<>();
    private byte[] rest = new byte[0];
    private boolean started;
    private boolean lost;

    /** The SQL that these bytes name beyond what they spell out. */
    String named(ByteBuf bytes) {
        if (lost) {
            return "";
        }
        byte[] all = new byte[rest.length + bytes.readableBytes()];
        System.arraycopy(rest, 0, all, 0, rest.length);
        bytes.getBytes(bytes.readerIndex(), all, rest.length, bytes.readableBytes());
        StringBuilder heard = new StringBuilder();
        int at = 0;
        while (at < all.length) {
            int lengthAt = started ? at + 1 : at;
            if (all.length - at < HEAD) {
                break;
            }
            int end = lengthAt + number(all, lengthAt);
            if (end - at > MOST || end <= at) {
                lost = true;
                break;
            }
            if (end > all.length) {
                break;
            }
            if (started) {
                message((char) all[at], all, lengthAt + 4, heard);
            }
            // A client may first ask for encryption, in eight bytes; what begins the session is longer.
            started |= end - at > SSL_REQUEST;
            at = end;
        }
        rest = java.util.Arrays.copyOfRange(all, Math.min(at, all.length), all.length);
        return heard.toString();
    }

    private void message(char type, byte[] all, int from, StringBuilder heard) {
        if (type == 'P') {
            String name = text(all, from);
            statements.put(name, text(all, from + name.getBytes(StandardCharsets.UTF_8).length + 1));
        } else if (type == 'B') {
            String portal = text(all, from);
            String name = text(all, from + portal.getBytes(StandardCharsets.UTF_8).length + 1);
            heard.append('\n').append(statements.getOrDefault(name, ""));
        }
    }

    private static String text(byte[] all, int from) {
        int end = from;
        while (end < all.length && all[end] != 0) {
            end++;
        }
        return new String(all, from, end - from, StandardCharsets.UTF_8);
    }

    private static int number(byte[] all, int at) {
        return (all[at] & 0xff) << 24 | (all[at + 1] & 0xff) << 16 | (all[at + 2] & 0xff) << 8 | (all[at + 3] & 0xff);
    }
}
