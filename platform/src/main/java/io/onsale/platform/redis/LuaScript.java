package io.onsale.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One Lua script. Scripts answer with arrays of strings and integers.
 *
 * @param name its file's name, for logs and metrics
 * @param sha1 what EVALSHA names it by
 */
public record LuaScript(String name, String body, String sha1) {

    /** Reads {@code lua/<file>} from the class path of {@code owner}'s module. */
    public static LuaScript load(Class<?> owner, String file) {
        try (InputStream in = owner.getResourceAsStream("/lua/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("No script lua/" + file + " on the class path");
            }
            String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(body.getBytes(StandardCharsets.UTF_8));
            return new LuaScript(file, body, HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
